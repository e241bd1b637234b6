"""The register: who saw whom, when and why; for those who answer for it."""
