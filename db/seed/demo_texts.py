"""Words of the demo tickets: sentences put together from parts, so that no two citizens talk alike."""

from __future__ import annotations

from random import Random

ROADS = (
    "望海路",
    "青松路",
    "朝霞路",
    "锦绣街",
    "长安街",
    "金滩路",
    "云台路",
    "映山路",
    "双溪路",
    "文化街",
    "学苑路",
    "丰收路",
    "渔港路",
    "海棠路",
    "书香街",
    "建业路",
    "和平街",
    "新村路",
    "团结路",
    "迎宾路",
)
SPOTS = (
    "{number}号",
    "{number}号楼{unit}单元",
    "与{other}路口",
    "{number}号门口",
    "中段",
    "{number}号东侧约{metres}米",
    "小区南门",
    "农贸市场旁",
    "公交站附近",
    "小学后墙外",
)
SINCE = (
    "昨天傍晚开始",
    "已经三天了",
    "从上周起",
    "一个多月以来",
    "今天早上发现",
    "最近半个月",
    "入冬以来",
    "前天下雨之后",
    "每天晚上八点以后",
    "周末尤其明显",
    "大约两周前",
    "去年就反映过，现在又出现了",
)
LATELY = ("最近半个月", "一个多月以来", "从上周起", "今年以来", "这几天", "入冬以来", "近两周")
CONTACTED = (
    "已电话联系诉求人，约定现场查看时间。",
    "已与诉求人通话，核实了具体位置和经过。",
    "已到现场与诉求人见面，听取意见。",
    "已联系诉求人，说明办理计划和大致时限。",
    "已微信联系诉求人，请其补充照片。",
    "已上门走访，诉求人补充了两点情况。",
)
PROGRESS = (
    "现场已勘查，正在安排人员和材料。",
    "已通知责任单位限期整改，明日复查。",
    "已会同物业和社区现场商量处理办法。",
    "材料已到位，计划两日内完工。",
    "第一次调解未达成一致，已约下次时间。",
    "已调取监控，正在核对情况。",
    "已完成一半，剩余部分受天气影响顺延。",
)
DONE = (
    "已安排人员到场处理完毕，现场恢复正常，诉求人表示认可。",
    "经核查情况属实，已责令责任方整改，复查合格。",
    "已按政策向诉求人作出解释，并告知办理渠道和所需材料。",
    "已完成维修，设施恢复使用，后续纳入日常巡查。",
    "双方在社区主持下达成一致，已签字确认。",
    "已清理完毕并增加巡查频次，防止反弹。",
    "已更换损坏部件，试运行正常，已回复诉求人。",
)
NOTES = (
    "诉求人补充：上午九点后方便接听电话。",
    "诉求人再次来电询问进度，已告知。",
    "同一地点本周已有两人反映，请一并核查。",
    "已提醒承办单位注意保护诉求人信息。",
    "诉求人要求以短信方式回复结果。",
)
DEFECTS = (
    "未说明整改结果，请补充现场情况。",
    "未与诉求人核实处理效果，请重新联系。",
    "只答复了一部分诉求，请补办其余部分。",
)
RETURN_TEXTS = (
    "经核对责任清单，该事项不属于我单位职责，建议转由属地办理。",
    "现场核实地点不在我单位管护范围内。",
    "该设施产权属于其他单位，建议改派产权单位。",
)
PLANS = (
    "需开挖路面，拟分两段施工，完工后恢复原状。",
    "需委托检测机构出具意见，再确定维修方案。",
    "涉及多家产权单位，拟召开现场会明确分工。",
    "配件需定制，预计一周到货后更换。",
)
HOLD_TEXTS = (
    "需待开春气温回升后施工，已向诉求人说明。",
    "已列入下年度改造计划，待工程启动后实施。",
    "待资金下达后安排，已告知诉求人复查时间。",
)
ANSWERS = (
    "您咨询的事项可在政务大厅综合窗口或网上办理，需携带身份证原件，一般三个工作日办结。",
    "按现行规定，符合条件的本区居民均可申请，请先到所在社区领取并填写申请表。",
    "该业务已实现全程网办，请在手机客户端搜索事项名称，按提示上传材料。",
    "相关政策自本月起执行，具体标准已在区政府网站公布，您可随时查询。",
)
REPORTS = (
    "群众反映集中，涉及多个单位和历史遗留问题，建议专题研究。",
    "该事项社会关注度高，常规渠道难以解决，特报请批示。",
)
CALLBACK_NOTES = (
    "诉求人对处理结果表示认可。",
    "诉求人认为速度较快，建议加强日常管理。",
    "诉求人表示问题已解决，希望不再反复。",
    "诉求人对过程基本认可，认为时间偏长。",
)
UNHAPPY_NOTES = ("诉求人认为问题没有根本解决。", "诉求人对答复不满意，要求重新处理。")
UNREACHED = ("电话无人接听。", "电话占线，稍后再拨。", "提示已关机。")

# How a report begins: about a spot, or about the person's own matter.
ON_SITE = (
    "{since}，{where}{address}{item}，{first}。",
    "诉求人反映：{where}{address}{item}，{since}，{first}。",
    "{where}{address}发现{item}，{first}，{since}。",
    "路过{where}{address}时看到{item}，{first}，{since}。",
)
IN_PERSON = (
    "诉求人家住{where}{address}，{since}因{item}一事来电，{first}。",
    "来电人是{where}居民，{since}遇到{item}方面的问题，{first}。",
    "{where}{address}住户反映{item}：{since}，{first}。",
    "诉求人因{item}，{since}多次找过相关单位，{first}。",
)
DETAILS = {
    "01": (
        "面积大约有两个车位大小",
        "夜里经过根本看不清",
        "附近两家店铺都受影响",
        "雨天更严重",
        "之前处理过一次，没过几天又这样",
        "沿线大约一百多米都有",
        "物业说不归他们管",
        "旁边就是公交站，人很多",
    ),
    "02": (
        "楼里住着不少老人",
        "现场没有任何警示标志",
        "白天还有孩子在附近玩",
        "相关人员没有采取防护措施",
        "已经持续多日无人处理",
        "一旦出事后果很严重",
        "门口长期上锁",
        "周边有两家幼儿园",
    ),
    "03": (
        "主要发生在夜间",
        "附近几户邻居都可以作证",
        "有部分画面被门口监控拍到",
        "对方态度比较强硬",
        "已经发生过两三次",
        "涉及金额不大但影响很坏",
    ),
    "04": (
        "此前多次到单位询问，没有明确说法",
        "手里有当时的书面材料",
        "同样情况的有十几户",
        "经办人换了几次，互相推脱",
        "承诺的时间早已过去",
        "希望按政策办事，公开透明",
    ),
    "05": (
        "双方协商过两次没有谈拢",
        "对方一直不接电话",
        "有合同和付款记录",
        "希望有人居中调解，不想伤和气",
        "家里老人因此睡不好觉",
        "邻里关系越来越紧张",
        "社区来劝过一次，效果不大",
    ),
    "06": (
        "家里有老人和孩子，很不方便",
        "整栋楼都是这样",
        "打过客服电话，一直说在排队",
        "网上查到的说法不一致",
        "跑了两趟都没办成",
        "周边居民都有同样的需要",
        "上一次处理后好了几天",
        "希望给一个明确的时间",
    ),
}
ASKS = {
    "consult": (
        "请问应当如何办理、需要哪些材料",
        "想了解现在的政策和标准",
        "请告知办理地点和时限",
        "咨询自己是否符合条件",
    ),
    "help": (
        "请相关单位尽快到场处理",
        "希望今天能有人来看一下",
        "请帮忙协调解决",
        "请工作人员联系我了解情况",
    ),
    "complaint": (
        "要求尽快整改并回复",
        "请责任单位给一个说法",
        "希望彻底解决，不要反复",
        "请核查处理并告知结果",
    ),
    "report": ("请依法查处", "请执法人员到现场核实", "希望保护反映人信息并尽快查处"),
    "suggestion": ("建议纳入今年的计划", "建议增加设施并加强维护", "希望有关部门研究采纳"),
    "hazard": ("请尽快设置警示并安排维修", "存在安全隐患，请马上处理", "请责任单位现场处置后反馈"),
}
TITLES = {
    "consult": ("咨询{item}相关问题", "咨询{item}如何办理", "{where}居民咨询{item}"),
    "help": ("{where}{item}，请求帮助", "求助：{where}{item}", "{where}{item}急需处理"),
    "complaint": ("{where}{item}", "反映{where}{item}", "投诉{where}{item}", "{where}{item}长期无人管"),
    "report": ("举报{where}{item}", "{where}{item}线索"),
    "suggestion": ("关于{where}{item}的建议", "建议改善{where}{item}"),
    "hazard": ("{where}{item}隐患", "巡查发现{where}{item}", "{where}{item}，存在隐患"),
}


class Writer:
    """Writes what citizens and clerks say; the same random source writes the same."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def one(self, sentences: tuple[str, ...]) -> str:
        """Pick a sentence."""
        return self._random.choice(sentences)

    def address(self) -> str:
        """Invent an address below the grid."""
        road, other = self._random.sample(ROADS, 2)
        return road + self.one(SPOTS).format(
            number=self._random.randint(1, 288),
            unit=self._random.randint(1, 5),
            other=other,
            metres=self._random.choice((20, 50, 80, 120)),
        )

    def title(self, kind: str, where: str, item: str) -> str:
        """Write the line the queue shows."""
        said = item.removesuffix("线索")
        return self.one(TITLES[kind]).format(
            where=where, item=said.removesuffix("隐患") if kind == "hazard" else said
        )

    def body(self, kind: str, domain: str, where: str, address: str, item: str) -> str:
        """Write down the call."""
        first, second = self._random.sample(DETAILS[domain], 2)
        if kind == "consult":
            return f"来电人家住{where}{address}，咨询{item}事宜：{second}。{self.one(ASKS[kind])}。"
        frames, since = (ON_SITE, SINCE) if domain in ("01", "02", "03") else (IN_PERSON, LATELY)
        opening = self.one(frames).format(
            since=self.one(since), where=where, address=address, item=item.removesuffix("线索"), first=first
        )
        return f"{opening}{second}。{self.one(ASKS[kind])}。"
