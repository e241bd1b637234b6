"""A small media gateway on loopback, with made-up scenes, for the demo, the tour, benches and tests."""
