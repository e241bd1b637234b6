<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionForm</name>
    <message>
        <source>Send  (Ctrl+Enter)</source>
        <translation>提交  (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Choose one of the list, or empty the field.</source>
        <translation>请从列表中选择一项，或清空此栏。</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>此项必填。</translation>
    </message>
    <message>
        <source>Esc puts it away and keeps what you typed</source>
        <translation>Esc 收起，已填内容保留</translation>
    </message>
</context>
<context>
    <name>BoolEditor</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>BulkPanel</name>
    <message>
        <source>Stop  (Esc)</source>
        <translation>停止  (Esc)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Reading the list…</source>
        <translation>正在读取列表…</translation>
    </message>
    <message>
        <source>Reading what became of the last run…</source>
        <translation>正在读取上次批量操作的结果…</translation>
    </message>
    <message>
        <source>These are more than {n} tickets; narrow the list first.</source>
        <translation>列表超过 {n} 件，请先缩小范围。</translation>
    </message>
    <message>
        <source>Reading the list: {n}</source>
        <translation>正在读取列表：{n} 件</translation>
    </message>
    <message>
        <source>No ticket is in this list.</source>
        <translation>列表中没有工单。</translation>
    </message>
    <message>
        <source>Tickets chosen: {n}. What shall be done with them?</source>
        <translation>已选 {n} 件工单，请选择要批量办理的操作。</translation>
    </message>
    <message>
        <source>Tickets chosen: {n}. Nothing can be done with them together.</source>
        <translation>已选 {n} 件工单，没有可以对它们批量办理的操作。</translation>
    </message>
    <message>
        <source>Close  (Esc)</source>
        <translation>关闭  (Esc)</translation>
    </message>
    <message>
        <source>{action}: {n} tickets, starts in {s} s. Esc stops it.</source>
        <translation>{action}：共 {n} 件，{s} 秒后开始，按 Esc 停止。</translation>
    </message>
    <message>
        <source>{done} done, {refused} refused, {conflict} changed by others, {rest} not sent</source>
        <translation>已办 {done} 件，被拒 {refused} 件，他人已变更 {conflict} 件，未提交 {rest} 件</translation>
    </message>
    <message>
        <source>waits for the server</source>
        <translation>等待服务器</translation>
    </message>
    <message>
        <source>stops after the piece under way</source>
        <translation>本批完成后停止</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Each ticket is judged by itself.</source>
        <translation>每件工单单独判定。</translation>
    </message>
</context>
<context>
    <name>CallerSearch</name>
    <message>
        <source>No caller&apos;s number ends in {digits}.</source>
        <translation>没有尾号为 {digits} 的来电号码。</translation>
    </message>
</context>
<context>
    <name>CameraPanel</name>
    <message>
        <source>The ticket names no place that is on the map.</source>
        <translation>工单没有可在地图上显示的地点。</translation>
    </message>
    <message>
        <source>The round is written down; see the rounds for what was seen.</source>
        <translation>轮巡记录已写入，可在“轮巡”中查看实际看到的画面。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮巡</translation>
    </message>
    <message>
        <source>Who looked</source>
        <translation>调阅登记</translation>
    </message>
</context>
<context>
    <name>CameraTree</name>
    <message>
        <source>Outside every street</source>
        <translation>未划入街道镇</translation>
    </message>
    <message>
        <source>online / all</source>
        <translation>在线 / 总数</translation>
    </message>
    <message>
        <source>online / all; not known now: {n}</source>
        <translation>在线 / 总数；当前未知：{n}</translation>
    </message>
</context>
<context>
    <name>Cameras</name>
    <message>
        <source>not looked at yet</source>
        <translation>尚未巡检</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>refuses the credentials</source>
        <translation>拒绝凭据</translation>
    </message>
    <message>
        <source>has no such stream</source>
        <translation>没有该码流</translation>
    </message>
    <message>
        <source>answers nonsense</source>
        <translation>应答异常</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>有画面</translation>
    </message>
    <message>
        <source>no picture in time</source>
        <translation>未及时出画面</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>画面停住</translation>
    </message>
    <message>
        <source>not allowed, or no address</source>
        <translation>无权限或无地址</translation>
    </message>
    <message>
        <source>cannot be decoded here</source>
        <translation>本机无法解码</translation>
    </message>
    <message>
        <source>sends nothing</source>
        <translation>没有数据</translation>
    </message>
    <message>
        <source>sends nonsense</source>
        <translation>数据异常</translation>
    </message>
    <message>
        <source>broke off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>north</source>
        <translation>北</translation>
    </message>
    <message>
        <source>north-east</source>
        <translation>东北</translation>
    </message>
    <message>
        <source>east</source>
        <translation>东</translation>
    </message>
    <message>
        <source>south-east</source>
        <translation>东南</translation>
    </message>
    <message>
        <source>south</source>
        <translation>南</translation>
    </message>
    <message>
        <source>south-west</source>
        <translation>西南</translation>
    </message>
    <message>
        <source>west</source>
        <translation>西</translation>
    </message>
    <message>
        <source>north-west</source>
        <translation>西北</translation>
    </message>
    <message>
        <source>looked at</source>
        <translation>实时查看</translation>
    </message>
    <message>
        <source>round tour</source>
        <translation>轮巡</translation>
    </message>
    <message>
        <source>still picture</source>
        <translation>截图</translation>
    </message>
    <message>
        <source>clip</source>
        <translation>录像片段</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>云台控制</translation>
    </message>
    <message>
        <source>last: {words}; not known now</source>
        <translation>上次：{words}；当前未知</translation>
    </message>
    <message>
        <source>turns</source>
        <translation>可转动</translation>
    </message>
    <message>
        <source>{n} m</source>
        <translation>{n} 米</translation>
    </message>
    <message>
        <source>{n} km</source>
        <translation>{n} 公里</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Looks to</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>System</source>
        <translation>来源系统</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Stands at</source>
        <translation>位置类型</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>归属单位</translation>
    </message>
    <message>
        <source>Keeps pictures</source>
        <translation>留存天数</translation>
    </message>
    <message>
        <source>Can be moved</source>
        <translation>可控云台</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>National code</source>
        <translation>国标编码</translation>
    </message>
    <message>
        <source>Not in service.</source>
        <translation>已停用。</translation>
    </message>
    <message>
        <source>Made up for the demo.</source>
        <translation>演示用虚构数据。</translation>
    </message>
    <message>
        <source>{status} since {moment}</source>
        <translation>{status}（自 {moment}）</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>{span}, left off</source>
        <translation>{span}，中途离开</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
</context>
<context>
    <name>ClipExits</name>
    <message>
        <source>Clip № {id} to look at</source>
        <translation>供查看的录像 № {id}</translation>
    </message>
    <message>
        <source>Shield clip № {id} for publication</source>
        <translation>为公开发布遮挡录像 № {id}</translation>
    </message>
    <message>
        <source>Clip № {id} into {name}</source>
        <translation>录像 № {id} 存为 {name}</translation>
    </message>
    <message>
        <source>Saved with its watermark: {name}</source>
        <translation>已带水印保存：{name}</translation>
    </message>
    <message>
        <source>This desk has no program that shows clips.</source>
        <translation>本机没有可播放录像的程序。</translation>
    </message>
    <message>
        <source>Shielded copy of clip № {id}</source>
        <translation>录像 № {id} 的遮挡副本</translation>
    </message>
    <message>
        <source>The shielded copy is kept.</source>
        <translation>遮挡副本已留存。</translation>
    </message>
</context>
<context>
    <name>ClipShieldDialog</name>
    <message>
        <source>Cover faces, number plates and names of firms. An area is one flat grey in every picture of the clip: make it as large as what moves behind it, and look along the clip with PgUp and PgDn, Home and End. Mouse: draw. Keys: N new area, arrows move, Shift+arrows size, Delete takes back. The copy cannot be turned back into the clip, which stays as it is.</source>
        <translation>请遮住人脸、车牌和单位名称。区域在录像的每一帧都是一片均匀的灰色：请画到足以盖住其后移动的人和物，并用 PgUp、PgDn、Home、End 前后查看。鼠标：绘制。按键：N 新区域，方向键移动，Shift+方向键调整大小，Delete 撤回。副本无法还原为原录像；原录像保持不变。</translation>
    </message>
    <message>
        <source>{at} of {length} s</source>
        <translation>{at} / {length} 秒</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>This is no longer possible; what you typed is kept until you drop it.</source>
        <translation>此操作已不能办理；您填写的内容保留到您放弃为止。</translation>
    </message>
    <message>
        <source>Send for the new version  (Ctrl+Shift+Enter)</source>
        <translation>按新版本提交  (Ctrl+Shift+Enter)</translation>
    </message>
    <message>
        <source>Drop what I typed</source>
        <translation>放弃所填内容</translation>
    </message>
</context>
<context>
    <name>Copies</name>
    <message>
        <source>{what}: stopped. Nothing is left of it; the clip is as it was.</source>
        <translation>{what}：已停止，未留下任何内容；录像保持不变。</translation>
    </message>
    <message>
        <source>{what}: no picture in this clip can be read; nothing was made of it.</source>
        <translation>{what}：该录像中没有可读取的画面，未生成任何内容。</translation>
    </message>
</context>
<context>
    <name>CopyBar</name>
    <message>
        <source>Stop it</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>{title}, {n} more wait</source>
        <translation>{title}，另有 {n} 项等待</translation>
    </message>
</context>
<context>
    <name>DailyView</name>
    <message>
        <source>Seen by me  (Ctrl+Enter)</source>
        <translation>我已查看  (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Days of the last {days} not looked over yet: {n}</source>
        <translation>最近 {days} 天中尚未查看的天数：{n}</translation>
    </message>
    <message>
        <source>Nobody was revealed in these days.</source>
        <translation>这些天没有人查看过来电人身份。</translation>
    </message>
    <message>
        <source>{day}: not looked over yet.</source>
        <translation>{day}：尚未查看。</translation>
    </message>
    <message>
        <source>{day}: you looked it over on {moment}.</source>
        <translation>{day}：您已于 {moment} 查看。</translation>
    </message>
</context>
<context>
    <name>DemoLogin</name>
    <message>
        <source>Who are you today?</source>
        <translation>今天您是谁？</translation>
    </message>
    <message>
        <source>A demo district: every person is invented. Choose one; open a second console as another.</source>
        <translation>演示区：所有人员均为虚构。请选择一位；可另开一个控制台扮演另一位。</translation>
    </message>
    <message>
        <source>Name, unit or login</source>
        <translation>姓名、单位或登录名</translation>
    </message>
</context>
<context>
    <name>DeskPanel</name>
    <message>
        <source>Nothing waits here.</source>
        <translation>此处没有待办。</translation>
    </message>
    <message>
        <source>{n} new  Shift+F5</source>
        <translation>{n} 件新工单  Shift+F5</translation>
    </message>
</context>
<context>
    <name>DirectoryPanel</name>
    <message>
        <source>Camera by name, place, pinyin, purpose or code</source>
        <translation>按名称、地点、拼音、用途或编号查找摄像头</translation>
    </message>
    <message>
        <source>No camera of this name for you.</source>
        <translation>没有您可看的此类摄像头。</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
</context>
<context>
    <name>EndingBar</name>
    <message>
        <source>Only register</source>
        <translation>仅登记</translation>
    </message>
</context>
<context>
    <name>EvidencePanel</name>
    <message>
        <source>Register</source>
        <translation>登记簿</translation>
    </message>
    <message>
        <source>Reveals by day</source>
        <translation>每日身份查看</translation>
    </message>
    <message>
        <source>{title} ({n} not seen)</source>
        <translation>{title}（{n} 天未看）</translation>
    </message>
</context>
<context>
    <name>ExportBar</name>
    <message>
        <source>Export CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Export XLSX…</source>
        <translation>导出 XLSX…</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>停止导出</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Excel workbooks (*.xlsx)</source>
        <translation>Excel 工作簿 (*.xlsx)</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>正在计数…</translation>
    </message>
    <message>
        <source>Export the list</source>
        <translation>导出列表</translation>
    </message>
    <message>
        <source>tickets {moment}</source>
        <translation>工单 {moment}</translation>
    </message>
    <message>
        <source>Counting … {n}</source>
        <translation>正在统计 … {n}</translation>
    </message>
    <message>
        <source>Exported: {n} tickets to {name}.</source>
        <translation>已将 {n} 件工单导出到 {name}。</translation>
    </message>
    <message>
        <source>The export was stopped; there is no file.</source>
        <translation>导出已停止，没有留下文件。</translation>
    </message>
    <message>
        <source>{total} tickets, and an Excel sheet holds {most}. Take CSV, or choose fewer tickets.</source>
        <translation>共 {total} 件工单，而一张 Excel 工作表最多容纳 {most} 件。请改用 CSV，或缩小范围。</translation>
    </message>
    <message>
        <source>The file could not be written: {reason}</source>
        <translation>文件无法写入：{reason}</translation>
    </message>
</context>
<context>
    <name>FactsView</name>
    <message>
        <source>Choose a camera to read what is known of it; Enter opens it.</source>
        <translation>选择摄像头查看其资料，回车打开画面。</translation>
    </message>
    <message>
        <source>Last looked at by</source>
        <translation>最近调阅</translation>
    </message>
</context>
<context>
    <name>FiguresView</name>
    <message>
        <source>Group by</source>
        <translation>分组方式</translation>
    </message>
    <message>
        <source>Figures by</source>
        <translation>统计口径</translation>
    </message>
    <message>
        <source>A click on a count shows its tickets below. The chart has {n} of {all} groups.</source>
        <translation>点击任一数字，下方即列出对应工单。图中显示 {all} 组中的 {n} 组。</translation>
    </message>
    <message>
        <source>Counting: so far back to {month}.</source>
        <translation>正在统计：已统计到 {month}。</translation>
    </message>
    <message>
        <source>At least so many: counted back to {month}, older ones not. Limit the days to count them all.</source>
        <translation>至少有这么多：只统计到 {month}，更早的没有统计。缩小日期范围即可统计全部。</translation>
    </message>
    <message>
        <source>All</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>至少</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待审批</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>临期</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>No clock</source>
        <translation>不计时</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未办结</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>本单位</translation>
    </message>
    <message>
        <source>Only tickets my unit holds or assists</source>
        <translation>只看本单位承办或协办的工单</translation>
    </message>
    <message>
        <source>Find  ( / )</source>
        <translation>编号或文字  ( / )</translation>
    </message>
    <message>
        <source>Words of title, text and place, names of units and categories, ticket numbers or parts of them. All words must be there; tickets of all years are found, newest first.</source>
        <translation>可输入标题、正文、地点中的词，单位或事项名称，工单编号或其一部分。多个词须同时出现；查找全部年份的工单，最新的在前。</translation>
    </message>
    <message>
        <source>Street, area or grid</source>
        <translation>街镇、管区或网格</translation>
    </message>
    <message>
        <source>Held by unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
</context>
<context>
    <name>FootageExits</name>
    <message>
        <source>Save with watermark</source>
        <translation>另存（带水印）</translation>
    </message>
    <message>
        <source>Shield № {id} for publication</source>
        <translation>遮挡 № {id} 以供公开</translation>
    </message>
    <message>
        <source>Shielded copy of picture № {id}</source>
        <translation>图像 № {id} 的遮挡副本</translation>
    </message>
    <message>
        <source>The shielded copy is kept.</source>
        <translation>遮挡副本已留存。</translation>
    </message>
    <message>
        <source>Saved with its watermark: {name}</source>
        <translation>已带水印保存：{name}</translation>
    </message>
</context>
<context>
    <name>FootagePart</name>
    <message>
        <source>Whom did you ask for the original, and how (person, telephone, letter number)?</source>
        <translation>向谁、以何种方式申请调取原始录像（联系人、电话、函号）？</translation>
    </message>
    <message>
        <source>Where is the original now (carrier, number)?</source>
        <translation>原始录像现存何处（载体、编号）？</translation>
    </message>
    <message>
        <source>Who says that it is lost, and why?</source>
        <translation>何人告知灭失，原因为何？</translation>
    </message>
    <message>
        <source>Why has it served its purpose? It is deleted when it is 30 days old.</source>
        <translation>为何已用毕？留存满 30 天后将删除。</translation>
    </message>
    <message>
        <source>Why is it needed still?</source>
        <translation>为何仍需使用？</translation>
    </message>
    <message>
        <source>Who gets it, and what for? It is written into the register.</source>
        <translation>交给谁、作何用途？将写入登记簿。</translation>
    </message>
    <message>
        <source>There is no picture of yours without a ticket.</source>
        <translation>没有您留存而未归入工单的图像。</translation>
    </message>
</context>
<context>
    <name>FootageRow</name>
    <message>
        <source>Leave it out</source>
        <translation>不附带</translation>
    </message>
    <message>
        <source>Goes with the report: {pictures}</source>
        <translation>随单附带：{pictures}</translation>
    </message>
</context>
<context>
    <name>GroupChart</name>
    <message>
        <source>Were overdue</source>
        <translation>曾超期</translation>
    </message>
    <message>
        <source>Never overdue</source>
        <translation>未曾超期</translation>
    </message>
</context>
<context>
    <name>GroupForm</name>
    <message>
        <source>Group of cameras</source>
        <translation>摄像头分组</translation>
    </message>
    <message>
        <source>Forest, reservoir, plant … that it watches</source>
        <translation>看护的林区、水库、企业等风险区域</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Shared: those it is given to see its cameras</source>
        <translation>共享：授予的单位可看组内摄像头</translation>
    </message>
    <message>
        <source>Times of the day, for instance 08:00 20:00</source>
        <translation>每天的时刻，例如 08:00 20:00</translation>
    </message>
    <message>
        <source>Camera by name, pinyin, place or code, then Enter</source>
        <translation>按名称、拼音、地点或编号查找摄像头，回车加入</translation>
    </message>
    <message>
        <source>Unit by 汉字, pinyin or initials, then Enter</source>
        <translation>按汉字、拼音或首字母查找单位，回车加入</translation>
    </message>
    <message>
        <source>Save  (Ctrl+Enter)</source>
        <translation>保存（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>The group needs a name.</source>
        <translation>请填写分组名称。</translation>
    </message>
    <message>
        <source>Times of the day look like 08:00, with blanks between them.</source>
        <translation>时刻请写成 08:00，多个时刻用空格隔开。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Watches over</source>
        <translation>看护区域</translation>
    </message>
    <message>
        <source>Each picture stays</source>
        <translation>每画面停留</translation>
    </message>
    <message>
        <source>Rounds are due at</source>
        <translation>应轮巡时刻</translation>
    </message>
    <message>
        <source>Given to</source>
        <translation>授予单位</translation>
    </message>
    <message>
        <source>Cameras in their order (Alt and arrows move, Delete drops)</source>
        <translation>摄像头顺序（Alt+方向键移动，Delete 移除）</translation>
    </message>
</context>
<context>
    <name>GroupPanel</name>
    <message>
        <source>New…</source>
        <translation>新建…</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Go round</source>
        <translation>开始轮巡</translation>
    </message>
    <message>
        <source>{name} ({n}, shared)</source>
        <translation>{name}（{n} 路，共享）</translation>
    </message>
    <message>
        <source>{name} ({n})</source>
        <translation>{name}（{n} 路）</translation>
    </message>
</context>
<context>
    <name>HealthPanel</name>
    <message>
        <source>Count cameras by</source>
        <translation>按什么统计摄像头</translation>
    </message>
    <message>
        <source>How far back the chart goes</source>
        <translation>图表的时间范围</translation>
    </message>
    <message>
        <source>All</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>in no town</source>
        <translation>不属于任何镇街</translation>
    </message>
    <message>
        <source>Down: {n}, the longest first</source>
        <translation>离线：{n} 台，时间最长的在前</translation>
    </message>
    <message>
        <source>The cameras have not been asked yet; the worker does it by itself.</source>
        <translation>尚未巡检；后台程序会自动巡检。</translation>
    </message>
    <message>
        <source>Not known now: the cameras were last asked at {time}. Is the worker running?</source>
        <translation>当前状态未知：最近一次巡检在 {time}。后台程序在运行吗？</translation>
    </message>
    <message>
        <source>{online} of {total} cameras online ({share}), {down} down; last asked at {time}.</source>
        <translation>{total} 台摄像头中 {online} 台在线（{share}），{down} 台离线；最近一次巡检 {time}。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>All keys and actions</source>
        <translation>全部按键与操作</translation>
    </message>
    <message>
        <source>Narrow the list</source>
        <translation>输入以筛选</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Take the last step of narrowing down back (Alt+Left)</source>
        <translation>撤回上一步筛选（Alt+←）</translation>
    </message>
    <message>
        <source>No ticket matches this filter.</source>
        <translation>没有符合条件的工单。</translation>
    </message>
</context>
<context>
    <name>IntakeForm</name>
    <message>
        <source>urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>anonymous</source>
        <translation>匿名</translation>
    </message>
    <message>
        <source>keep secret</source>
        <translation>要求保密</translation>
    </message>
    <message>
        <source>wants no reply</source>
        <translation>无需回复</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>无地点</translation>
    </message>
    <message>
        <source>Grid workers: {names}</source>
        <translation>网格员：{names}</translation>
    </message>
    <message>
        <source>number → earlier tickets</source>
        <translation>电话号码 → 历史工单</translation>
    </message>
    <message>
        <source>name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>street, area, grid or landmark: Chinese, pinyin or initials</source>
        <translation>街道、管区、网格或地标：汉字、拼音或首字母</translation>
    </message>
    <message>
        <source>exact spot, as told</source>
        <translation>具体位置（按来电所述）</translation>
    </message>
    <message>
        <source>map code: lon,lat</source>
        <translation>图上坐标：经度,纬度</translation>
    </message>
    <message>
        <source>Chinese, pinyin or initials</source>
        <translation>汉字、拼音或首字母</translation>
    </message>
    <message>
        <source>empty: the first words of the report</source>
        <translation>留空则取来电内容开头</translation>
    </message>
    <message>
        <source>only for a complaint about a unit: it will not see the ticket</source>
        <translation>仅投诉单位时填写：该单位看不到此工单</translation>
    </message>
    <message>
        <source>Channel, kind</source>
        <translation>渠道、类型</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>来电人</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>来电内容</translation>
    </message>
    <message>
        <source>Unit complained about</source>
        <translation>被投诉单位</translation>
    </message>
</context>
<context>
    <name>IntakePanel</name>
    <message>
        <source>Seen by camera {name} ({code}) at {moment}: </source>
        <translation>视频巡查发现，摄像头 {name}（{code}），{moment}：</translation>
    </message>
    <message>
        <source>picture of {name}, {moment}</source>
        <translation>{name} {moment} 的图像</translation>
    </message>
    <message>
        <source>Write down what the caller says.</source>
        <translation>请记录来电内容。</translation>
    </message>
    <message>
        <source>Choose a place, or tick “no place”.</source>
        <translation>请选择地点，或勾选“无地点”。</translation>
    </message>
    <message>
        <source>A number or an address is needed, or tick “anonymous”.</source>
        <translation>请填写电话或地址，或勾选“匿名”。</translation>
    </message>
    <message>
        <source>Write it as longitude,latitude.</source>
        <translation>请按“经度,纬度”填写。</translation>
    </message>
    <message>
        <source>Choose one of the list, or empty the field.</source>
        <translation>请从列表中选择一项，或清空此栏。</translation>
    </message>
    <message>
        <source>{number} · {state}</source>
        <translation>{number} · {state}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>The report is registered. Decide on its page where it goes.</source>
        <translation>已登记，请在工单页决定去向。</translation>
    </message>
    <message>
        <source>There is no grid near this position.</source>
        <translation>该坐标附近没有网格。</translation>
    </message>
</context>
<context>
    <name>IntakeSide</name>
    <message>
        <source>Who handles it</source>
        <translation>建议承办</translation>
    </message>
    <message>
        <source>Likely the same matter</source>
        <translation>疑似重复</translation>
    </message>
    <message>
        <source>Earlier tickets of this caller</source>
        <translation>该来电人的历史工单</translation>
    </message>
    <message>
        <source>Choose a category and a place.</source>
        <translation>选择类别和地点后给出建议。</translation>
    </message>
    <message>
        <source>nobody named: to the coordinator</source>
        <translation>清单未列：派属地协调</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>主办</translation>
    </message>
    <message>
        <source>Assisting</source>
        <translation>协办</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Contact by</source>
        <translation>联系时限</translation>
    </message>
    <message>
        <source>Answer by</source>
        <translation>答复时限</translation>
    </message>
    <message>
        <source>provisional: that year&apos;s notice is not out</source>
        <translation>暂定：当年放假通知未发布</translation>
    </message>
    <message>
        <source>None in the last 30 days.</source>
        <translation>近 30 天没有。</translation>
    </message>
    <message>
        <source>same caller</source>
        <translation>同一来电人</translation>
    </message>
    <message>
        <source>same place and class</source>
        <translation>同地同类</translation>
    </message>
    <message>
        <source>similar words</source>
        <translation>内容相似</translation>
    </message>
    <message>
        <source>merge into it</source>
        <translation>并入此单</translation>
    </message>
    <message>
        <source>open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>没有。</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>no ticket</source>
        <translation>无工单</translation>
    </message>
    <message>
        <source>{moment} server time</source>
        <translation>{moment}（服务器时间）</translation>
    </message>
    <message>
        <source>{reason} · register of views № {view}</source>
        <translation>{reason} · 观看登记 № {view}</translation>
    </message>
    <message>
        <source>Kept: {camera}. Without a ticket it is deleted after 30 days.</source>
        <translation>已留存：{camera}。未归入工单的，30 天后删除。</translation>
    </message>
    <message>
        <source>Kept with the ticket: {camera}.</source>
        <translation>已随工单留存：{camera}。</translation>
    </message>
    <message>
        <source>The server cannot be reached. The picture is kept at this desk and goes out by itself.</source>
        <translation>无法连接服务器。图像已保存在本机，连通后自动上传。</translation>
    </message>
    <message>
        <source>The picture of {camera} kept at this desk is damaged and cannot be sent; it is deleted.</source>
        <translation>本机暂存的 {camera} 画面已损坏，无法上传，已删除。</translation>
    </message>
    <message>
        <source>Delete it</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep it without the ticket</source>
        <translation>不归入工单留存</translation>
    </message>
    <message>
        <source>The picture of {camera} was not kept: {why}</source>
        <translation>{camera} 的图像未能留存：{why}</translation>
    </message>
    <message>
        <source>{camera} shows no picture yet; there is nothing to keep.</source>
        <translation>{camera} 尚无画面，没有可留存的内容。</translation>
    </message>
    <message>
        <source>This desk cannot write the picture to its disk; nothing was kept.</source>
        <translation>本机磁盘无法写入，图像未留存。</translation>
    </message>
    <message>
        <source>The clip of {camera} broke off: {why}. What was recorded until then is kept.</source>
        <translation>{camera}的录像中断：{why}。此前录下的部分已保留。</translation>
    </message>
    <message>
        <source>The clip of {camera} ended by itself; what was recorded is kept.</source>
        <translation>{camera} 的录像已自行结束，已录部分予以留存。</translation>
    </message>
    <message>
        <source>The clip of {camera} is not sent yet: {why}. What was recorded stays here; when the console is started again it offers to keep it.</source>
        <translation>{camera}的录像尚未送出：{why}。已录下的部分保留在本机，下次启动控制台时会提示保留。</translation>
    </message>
    <message>
        <source>No clip of {camera} was kept: {why}.</source>
        <translation>{camera}的录像未能保留：{why}。</translation>
    </message>
    <message>
        <source>this desk cannot write it to its disk</source>
        <translation>本机磁盘无法写入</translation>
    </message>
    <message>
        <source>its stream is of a kind that no clip can hold, stills can be kept</source>
        <translation>该视频流的编码无法存为录像，可改为截图</translation>
    </message>
    <message>
        <source>{count} pictures an earlier console kept at this desk were sealed with another key than the server holds for you now, or are damaged. Nobody can open them; they are deleted.</source>
        <translation>本机此前暂存的 {count} 份画面系用另一密钥加密（与服务器现为您保管的密钥不符），或已损坏，无人能够打开，已删除。</translation>
    </message>
    <message>
        <source>A clip of {camera} was cut off at {moment}, when the console ended. Keep it?</source>
        <translation>{camera} 自 {moment} 起的录像因程序退出而中断，是否留存？</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>留存</translation>
    </message>
    <message>
        <source>There was no whole picture in the clip that was cut off; it is deleted.</source>
        <translation>中断的录像中没有完整画面，已删除。</translation>
    </message>
</context>
<context>
    <name>LagNote</name>
    <message>
        <source>Lists of all years and searches are read from a copy of the server; your own work is not late.</source>
        <translation>所有年份的列表和查找从服务器副本读取；您自己的操作不会滞后。</translation>
    </message>
    <message>
        <source>From the standby, {lag} s behind</source>
        <translation>来自备用服务器，滞后 {lag} 秒</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>{name}, your work is as you left it.</source>
        <translation>{name}，您的工作保持原样。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>换人</translation>
    </message>
</context>
<context>
    <name>LoginForm</name>
    <message>
        <source>Login of the gateway {gateway}</source>
        <translation>网关 {gateway} 的登录</translation>
    </message>
    <message>
        <source>Keep it in this desktop&apos;s keyring</source>
        <translation>保存在本机的密钥环中</translation>
    </message>
    <message>
        <source>Tried once only. It stays on this desk, and is gone when the console closes.</source>
        <translation>只尝试一次。只留在本机，控制台关闭后即清除。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Liangdeng – {district}</source>
        <translation>亮灯 – {district}</translation>
    </message>
</context>
<context>
    <name>MapPanel</name>
    <message>
        <source>All cameras</source>
        <translation>全部摄像头</translation>
    </message>
    <message>
        <source>Reading the cameras …</source>
        <translation>正在读取摄像头……</translation>
    </message>
    <message>
        <source>{n} cameras. Arrows go from camera to camera, + and − zoom, Shift and arrows move, Home returns, Enter opens.</source>
        <translation>共 {n} 路。方向键逐个选择，+ − 缩放，Shift+方向键移动，Home 返回，回车打开。</translation>
    </message>
</context>
<context>
    <name>NearPanel</name>
    <message>
        <source>Put away  [Esc]</source>
        <translation>收起 [Esc]</translation>
    </message>
    <message>
        <source>Cameras near {number}</source>
        <translation>{number} 附近的摄像头</translation>
    </message>
    <message>
        <source>Looking for cameras …</source>
        <translation>正在查找摄像头……</translation>
    </message>
    <message>
        <source>No camera near this place is for your eyes.</source>
        <translation>该地点附近没有您可看的摄像头。</translation>
    </message>
    <message>
        <source>The ticket names no place; cameras can be found in the workspace Cameras.</source>
        <translation>工单没有地点，可在“视频”工作区查找摄像头。</translation>
    </message>
</context>
<context>
    <name>NoticesView</name>
    <message>
        <source>Notices and errors</source>
        <translation>通知与错误</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>{time}  {kind}: {text}</source>
        <translation>{time}  {kind}：{text}</translation>
    </message>
</context>
<context>
    <name>PageClaim</name>
    <message>
        <source>Yours since {time}</source>
        <translation>{time} 起由您认领</translation>
    </message>
    <message>
        <source>Taken by {name} since {time}</source>
        <translation>{name} 于 {time} 认领</translation>
    </message>
    <message>
        <source>Writing here: {names}</source>
        <translation>正在填写：{names}</translation>
    </message>
    <message>
        <source>Also here: {names}</source>
        <translation>也在查看：{names}</translation>
    </message>
</context>
<context>
    <name>PageFiles</name>
    <message>
        <source>Add files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>{name} is larger than 20 MB.</source>
        <translation>{name} 超过 20 MB。</translation>
    </message>
    <message>
        <source>Pictures, PDF, audio, video ({pattern})</source>
        <translation>图片、PDF、音频、视频（{pattern}）</translation>
    </message>
    <message>
        <source>{name} is neither a picture nor PDF nor audio nor video.</source>
        <translation>{name} 不是图片、PDF、音频或视频。</translation>
    </message>
    <message>
        <source>{name} cannot be read.</source>
        <translation>无法读取 {name}。</translation>
    </message>
    <message>
        <source>This desk has no program that shows {name}.</source>
        <translation>本机没有可打开 {name} 的程序。</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Contact by</source>
        <translation>联系时限</translation>
    </message>
    <message>
        <source>contacted</source>
        <translation>已联系</translation>
    </message>
    <message>
        <source>Answer by</source>
        <translation>答复时限</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>No clock runs</source>
        <translation>未计时</translation>
    </message>
    <message>
        <source>urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>complex</source>
        <translation>复杂</translation>
    </message>
    <message>
        <source>designated, may not be returned</source>
        <translation>指定承办，不得退单</translation>
    </message>
    <message>
        <source>secret caller</source>
        <translation>来电人保密</translation>
    </message>
    <message>
        <source>refusal proposed</source>
        <translation>建议不予受理</translation>
    </message>
    <message>
        <source>extension asked for</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>hold asked for</source>
        <translation>申请挂账</translation>
    </message>
    <message>
        <source>redo proposed</source>
        <translation>建议重办</translation>
    </message>
    <message>
        <source>was red</source>
        <translation>曾亮红灯</translation>
    </message>
    <message>
        <source>deadline provisional</source>
        <translation>时限暂定</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Action, ticket by number or words, unit, place or view: 汉字, pinyin or initials</source>
        <translation>操作、工单（编号或关键词）、单位、地点或视图：可输汉字、拼音或首字母</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
    </message>
</context>
<context>
    <name>PasswordChange</name>
    <message>
        <source>Choose a password of your own</source>
        <translation>请设置本人的密码</translation>
    </message>
    <message>
        <source>Somebody else knows the present one, so nothing else is open until then.</source>
        <translation>当前密码他人也知道，设置完成前不能进行其他操作。</translation>
    </message>
    <message>
        <source>New password, at least {count} characters</source>
        <translation>新密码，至少 {count} 个字符</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>再输入一次</translation>
    </message>
    <message>
        <source>That is too short.</source>
        <translation>密码太短。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
</context>
<context>
    <name>PastBar</name>
    <message>
        <source>any day</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Created from</source>
        <translation>受理起始日</translation>
    </message>
    <message>
        <source>Created until</source>
        <translation>受理截止日</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>受理时间</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>All years</source>
        <translation>历年全部</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>去年</translation>
    </message>
    <message>
        <source>Take this limit away</source>
        <translation>去掉这一条件</translation>
    </message>
</context>
<context>
    <name>PatrolBar</name>
    <message>
        <source>Back  [PgUp]</source>
        <translation>上一页 [PgUp]</translation>
    </message>
    <message>
        <source>On  [PgDn]</source>
        <translation>下一页 [PgDn]</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Again and again</source>
        <translation>循环轮巡</translation>
    </message>
    <message>
        <source>Remark about what is shown now</source>
        <translation>对当前画面的备注</translation>
    </message>
    <message>
        <source>Remark about the whole round</source>
        <translation>对本次轮巡的备注</translation>
    </message>
    <message>
        <source>{group}: page {page} of {pages}</source>
        <translation>{group}：第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>剩 {n} 秒</translation>
    </message>
    <message>
        <source>seen {seen}, without a picture {missed}</source>
        <translation>已看到 {seen} 路，无画面 {missed} 路</translation>
    </message>
    <message>
        <source>Go on  [Space]</source>
        <translation>继续 [空格]</translation>
    </message>
    <message>
        <source>Stay  [Space]</source>
        <translation>暂停 [空格]</translation>
    </message>
</context>
<context>
    <name>PatrolList</name>
    <message>
        <source>Due</source>
        <translation>应轮巡</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Gone by</source>
        <translation>完成情况</translation>
    </message>
    <message>
        <source>Rounds of today</source>
        <translation>今日应轮巡</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>尚无人完成</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>未完成</translation>
    </message>
</context>
<context>
    <name>Printing</name>
    <message>
        <source>Save the sheet as PDF</source>
        <translation>工单存为 PDF</translation>
    </message>
    <message>
        <source>This desk has no program that shows and prints PDF; save the sheet as a file.</source>
        <translation>本机没有能打开和打印 PDF 的程序，请把工单存为文件。</translation>
    </message>
    <message>
        <source>The sheet is written: {name}</source>
        <translation>工单已写入文件：{name}</translation>
    </message>
    <message>
        <source>{name} cannot be written.</source>
        <translation>无法写入 {name}。</translation>
    </message>
</context>
<context>
    <name>Providers</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>All tickets with “{words}”</source>
        <translation>含“{words}”的全部工单</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Callers whose number ends in {digits}</source>
        <translation>来电号码尾号为 {digits} 的诉求人</translation>
    </message>
    <message>
        <source>This is written into the register.</source>
        <translation>此查询将记入登记簿。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>PtzBar</name>
    <message>
        <source>Who steers the camera</source>
        <translation>谁在操作云台</translation>
    </message>
    <message>
        <source>Positions the camera remembers</source>
        <translation>摄像头的预置位</translation>
    </message>
    <message>
        <source>Steer</source>
        <translation>操作云台</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接管</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>放开</translation>
    </message>
    <message>
        <source>Go to a position…</source>
        <translation>转到预置位…</translation>
    </message>
    <message>
        <source>The gateway {gateway} wants a login that this desk does not know.</source>
        <translation>网关 {gateway} 要求登录，本工作台没有它的账号。</translation>
    </message>
    <message>
        <source>{name} ({unit}) is steering this camera since {time}.</source>
        <translation>{name}（{unit}）自 {time} 起正在操作这台摄像头。</translation>
    </message>
    <message>
        <source>You steer. Arrows turn, + and − zoom, the mouse drags; Shift fast, Alt slow.</source>
        <translation>您正在操作。方向键转动，+ 和 − 变焦，也可用鼠标拖动；Shift 加快，Alt 放慢。</translation>
    </message>
    <message>
        <source>This camera can be steered: press an arrow key, + or −, or drag the picture.</source>
        <translation>这台摄像头可以操作云台：按方向键、+ 或 −，或拖动画面。</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>No ticket matches this filter.</source>
        <translation>没有符合筛选条件的工单。</translation>
    </message>
    <message>
        <source>Show the tickets that came in while you were working (Shift+F5)</source>
        <translation>显示您操作期间新到的工单（Shift+F5）</translation>
    </message>
    <message>
        <source>{n} new</source>
        <translation>{n} 件新工单</translation>
    </message>
    <message>
        <source>The list is old: not read at {moment}, trying again</source>
        <translation>列表是旧的：{moment} 读取失败，正在重试</translation>
    </message>
    <message>
        <source>No link: as of {moment}, may be out of date</source>
        <translation>连接中断：内容截至 {moment}，可能已过时</translation>
    </message>
</context>
<context>
    <name>ReasonForm</name>
    <message>
        <source>Why do you look? It is written into the register with your name.</source>
        <translation>为什么调阅？将连同您的姓名写入登记。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>More in words (may stay empty)</source>
        <translation>补充说明（可不填）</translation>
    </message>
    <message>
        <source>Ticket number (may stay empty)</source>
        <translation>工单号（可不填）</translation>
    </message>
    <message>
        <source>Open  (Enter)</source>
        <translation>打开（回车）</translation>
    </message>
    <message>
        <source>Do not open  (Esc)</source>
        <translation>不打开（Esc）</translation>
    </message>
    <message>
        <source>Say in a few words why.</source>
        <translation>请简要说明原因。</translation>
    </message>
    <message>
        <source>There is no ticket with this number for you.</source>
        <translation>没有您可见的这一工单号。</translation>
    </message>
</context>
<context>
    <name>ReasonLine</name>
    <message>
        <source>Go on  (Enter)</source>
        <translation>继续（Enter）</translation>
    </message>
    <message>
        <source>Cancel  (Esc)</source>
        <translation>取消（Esc）</translation>
    </message>
    <message>
        <source>Say it in a few words more.</source>
        <translation>请写得再具体些。</translation>
    </message>
</context>
<context>
    <name>RegisterFilter</name>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>全部日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>从…到…</translation>
    </message>
    <message>
        <source>Person: name, pinyin or login</source>
        <translation>人员：姓名、拼音或账号</translation>
    </message>
    <message>
        <source>Ticket number</source>
        <translation>工单编号</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>起始日</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>截止日</translation>
    </message>
</context>
<context>
    <name>RegisterView</name>
    <message>
        <source>Export the register</source>
        <translation>导出登记簿</translation>
    </message>
    <message>
        <source>register</source>
        <translation>登记簿</translation>
    </message>
    <message>
        <source>The register is written to {name}; rows: {n}.</source>
        <translation>登记簿已写入 {name}，共 {n} 行。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>The register has nothing of this.</source>
        <translation>登记簿中没有符合条件的记录。</translation>
    </message>
    <message>
        <source>Choose an entry to read it in plain words.</source>
        <translation>选中一条记录，这里用白话说明。</translation>
    </message>
    <message>
        <source>{n} new</source>
        <translation>{n} 条新记录</translation>
    </message>
    <message>
        <source>Writing, rows so far: {n}</source>
        <translation>正在写入，已写 {n} 行</translation>
    </message>
</context>
<context>
    <name>RestoreBar</name>
    <message>
        <source>Take it up again  Ctrl+R</source>
        <translation>继续填写  Ctrl+R</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Unfinished report of {time}: {title}</source>
        <translation>{time} 未完成的登记：{title}</translation>
    </message>
</context>
<context>
    <name>SecondScreen</name>
    <message>
        <source>Cameras – second screen</source>
        <translation>视频 – 副屏</translation>
    </message>
</context>
<context>
    <name>ServerLogin</name>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>With your own database login; the server decides what you see.</source>
        <translation>使用本人的数据库账号登录；可见范围由服务器决定。</translation>
    </message>
    <message>
        <source>one name, or several separated by commas</source>
        <translation>一个名称，或用逗号分隔的多个</translation>
    </message>
    <message>
        <source>none, or host:port</source>
        <translation>无，或 主机:端口</translation>
    </message>
    <message>
        <source>A copy of the server that history, search and statistics are read from.</source>
        <translation>服务器的副本，历史、查找和统计从它读取。</translation>
    </message>
    <message>
        <source>not needed on this machine</source>
        <translation>连接本机时无需填写</translation>
    </message>
    <message>
        <source>Remember the password in this desktop&apos;s keyring</source>
        <translation>将密码保存到本机密钥环</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>站点</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Standby</source>
        <translation>备用服务器</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Authority (file)</source>
        <translation>证书颁发机构（文件）</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Server, database and user are needed.</source>
        <translation>请填写服务器、数据库和用户。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The server cannot be reached. What you sent is kept and goes out by itself.</source>
        <translation>无法连接服务器。您提交的内容已保留，连接恢复后自动发出。</translation>
    </message>
    <message>
        <source>A kept entry has now reached the server.</source>
        <translation>保留的内容已送达服务器。</translation>
    </message>
    <message>
        <source>Drafts cannot be written to this disk. They are kept while the console runs.</source>
        <translation>草稿无法写入本机磁盘，仅在控制台运行期间保留。</translation>
    </message>
</context>
<context>
    <name>SheetExport</name>
    <message>
        <source>{name} cannot be written.</source>
        <translation>无法写入 {name}。</translation>
    </message>
    <message>
        <source>No worksheet holds that many rows: take CSV, or ask for fewer days.</source>
        <translation>一张工作表放不下这么多行：请改存 CSV，或缩短日期范围。</translation>
    </message>
</context>
<context>
    <name>ShieldDialog</name>
    <message>
        <source>Keep the shielded copy  [Ctrl+Enter]</source>
        <translation>留存遮挡副本  [Ctrl+Enter]</translation>
    </message>
    <message>
        <source>Cover faces, number plates and names of firms. Mouse: draw. Keys: N new area, arrows move, Shift+arrows size, Delete takes back. The copy cannot be turned back into the picture.</source>
        <translation>请遮住人脸、车牌和单位名称。鼠标：绘制。按键：N 新区域，方向键移动，Shift+方向键改变大小，Delete 撤销。副本无法还原为原图。</translation>
    </message>
    <message>
        <source>▭ Rectangle [R]</source>
        <translation>▭ 矩形 [R]</translation>
    </message>
    <message>
        <source>◯ Ellipse [E]</source>
        <translation>◯ 椭圆 [E]</translation>
    </message>
    <message>
        <source>✎ By hand [H]</source>
        <translation>✎ 手绘 [H]</translation>
    </message>
    <message>
        <source>Cancel  [Esc]</source>
        <translation>取消  [Esc]</translation>
    </message>
    <message>
        <source>{n} areas shielded</source>
        <translation>已遮挡 {n} 处</translation>
    </message>
</context>
<context>
    <name>ShownList</name>
    <message>
        <source>Tickets: {n}</source>
        <translation>共 {n} 件</translation>
    </message>
    <message>
        <source>Tickets: {n} since {day}; two characters find all years</source>
        <translation>自 {day} 以来的工单：{n}；输入两个字可查全部年份</translation>
    </message>
</context>
<context>
    <name>SpeedView</name>
    <message>
        <source>How quick this desk is</source>
        <translation>本台快慢</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Half within</source>
        <translation>半数不超过</translation>
    </message>
    <message>
        <source>95 of 100 within</source>
        <translation>95% 不超过</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>In budget</source>
        <translation>达标率</translation>
    </message>
    <message>
        <source>Within 2 s</source>
        <translation>2 秒内</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Mostly</source>
        <translation>主要耗在</translation>
    </message>
    <message>
        <source>The last actions of each kind (milliseconds)</source>
        <translation>最近各类操作用时（毫秒）</translation>
    </message>
    <message>
        <source>What was slow, newest first, and where the time went</source>
        <translation>超过限值的操作（新的在前）及时间去向</translation>
    </message>
    <message>
        <source>The rule of dispatch centres, an answer within two seconds, is broken by: {kinds}. The table below says where the time goes; `liangdeng doctor` says what to do.</source>
        <translation>指挥中心规则要求两秒内有结果，下列操作未达到：{kinds}。时间花在哪里见下表；`liangdeng doctor` 会说明如何处理。</translation>
    </message>
    <message>
        <source>The rule of dispatch centres, an answer within two seconds, is kept.</source>
        <translation>已达到指挥中心规则：两秒内有结果。</translation>
    </message>
</context>
<context>
    <name>Starter</name>
    <message>
        <source>This desktop has no keyring that keeps a password; it has to be typed next time.</source>
        <translation>本机没有可用的密钥环，下次仍需输入密码。</translation>
    </message>
    <message>
        <source>A setting was skipped: {problem}</source>
        <translation>有一项设置被忽略：{problem}</translation>
    </message>
    <message>
        <source>No font with Chinese characters is installed; install fonts-noto-cjk or similar.</source>
        <translation>未安装中文字体，请安装 fonts-noto-cjk 或同类字体。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>{name} · {unit}</source>
        <translation>{name} · {unit}</translation>
    </message>
    <message>
        <source>● Connected</source>
        <translation>● 已连接</translation>
    </message>
    <message>
        <source>○ No connection – what you see may be old</source>
        <translation>○ 连接中断，所见内容可能已过时</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) waiting for the server</source>
        <translation>
            <numerusform>%n 条内容等待发送</numerusform>
        </translation>
    </message>
    <message>
        <source>95 of 100 of the last actions were done within this time:</source>
        <translation>最近的操作中，95% 在以下时间内完成：</translation>
    </message>
    <message>
        <source>p95: {kinds}</source>
        <translation>p95：{kinds}</translation>
    </message>
    <message>
        <source>{kind}: {ms} ms ({n} times); budget {budget} ms, kept by {share}</source>
        <translation>{kind}：{ms} 毫秒（{n} 次），限值 {budget} 毫秒，达标 {share}</translation>
    </message>
    <message>
        <source>Click for what was slow and why.</source>
        <translation>点击查看哪些慢、为什么慢。</translation>
    </message>
    <message>
        <source>Standby {lag} s behind</source>
        <translation>备库滞后 {lag} 秒</translation>
    </message>
    <message>
        <source>History, search and statistics are read from the standby.</source>
        <translation>历史、搜索和统计从备库读取。</translation>
    </message>
    <message>
        <source>History, search and statistics are read from the main server meanwhile.</source>
        <translation>历史、搜索和统计暂从主库读取。</translation>
    </message>
    <message>
        <source>Notices: {count}</source>
        <translation>通知：{count}</translation>
    </message>
</context>
<context>
    <name>Taking</name>
    <message>
        <source>Nothing is left to take in this list.</source>
        <translation>本列表中没有可认领的工单了。</translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message>
        <source>This ticket is not, or no longer, for your eyes.</source>
        <translation>您无权查看此工单，或已不再可见。</translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>Saved view</source>
        <translation>已存视图</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>保存修改</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save as, shared with the district…</source>
        <translation>另存为全区共享…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>视图名称</translation>
    </message>
    <message>
        <source>Name of the shared view</source>
        <translation>共享视图名称</translation>
    </message>
    <message>
        <source>New name of the view</source>
        <translation>视图的新名称</translation>
    </message>
</context>
<context>
    <name>ViewBox</name>
    <message>
        <source>Held by unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>No saved view</source>
        <translation>未选视图</translation>
    </message>
    <message>
        <source>{name} (shared)</source>
        <translation>{name}（共享）</translation>
    </message>
</context>
<context>
    <name>ViewFilter</name>
    <message>
        <source>Person or login</source>
        <translation>人员或登录名</translation>
    </message>
    <message>
        <source>Camera or its code</source>
        <translation>摄像头或编号</translation>
    </message>
    <message>
        <source>Ticket number</source>
        <translation>工单号</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>全部日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
</context>
<context>
    <name>ViewRegister</name>
    <message>
        <source>Export who looked</source>
        <translation>导出调阅登记</translation>
    </message>
    <message>
        <source>camera views</source>
        <translation>视频调阅登记</translation>
    </message>
    <message>
        <source>The views are written to {name}; rows: {n}.</source>
        <translation>调阅登记已写入 {name}，共 {n} 行。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Nobody looked, as far as is asked.</source>
        <translation>所查范围内没有调阅。</translation>
    </message>
    <message>
        <source>Writing, rows so far: {n}</source>
        <translation>正在写入，已写 {n} 行</translation>
    </message>
</context>
<context>
    <name>Wall</name>
    <message>
        <source>This desktop has no keyring that keeps the login; it is known until you leave.</source>
        <translation>本机没有能保存登录信息的密钥环；只在离开前有效。</translation>
    </message>
</context>
<context>
    <name>WallKeeping</name>
    <message>
        <source>Reports are written down at the centre; keep the picture with a ticket of yours.</source>
        <translation>登记由中心受理；请将图像留存到您的工单。</translation>
    </message>
    <message>
        <source>There is no picture here to keep.</source>
        <translation>此处没有可留存的画面。</translation>
    </message>
    <message>
        <source>● recording {time}</source>
        <translation>● 录像中 {time}</translation>
    </message>
</context>
<context>
    <name>WatchDesk</name>
    <message>
        <source>Another reason</source>
        <translation>更换事由</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>全部关闭</translation>
    </message>
    <message>
        <source>The first picture is asked for a reason.</source>
        <translation>打开第一个画面时需填写事由。</translation>
    </message>
    <message>
        <source>{reason} · ticket {number}</source>
        <translation>{reason} · 工单 {number}</translation>
    </message>
    <message>
        <source>{n} pictures</source>
        <translation>{n} 画面</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>The server cannot be reached or is busy. It is not your fault; what you typed is kept.</source>
        <translation>服务器无法连接或正忙。这不是您的操作问题，已输入的内容会保留。</translation>
    </message>
    <message>
        <source>The console made a mistake ({kind}). It is written down; you can go on.</source>
        <translation>控制台出现错误（{kind}），已记录，您可以继续工作。</translation>
    </message>
    <message>
        <source>Somebody changed this ticket first. Look at it and decide again.</source>
        <translation>已有人先修改了此工单，请查看后再决定。</translation>
    </message>
    <message>
        <source>{name} changed this ticket at {time}. Look at it and decide again.</source>
        <translation>{name}已于 {time} 修改此工单，请查看后再决定。</translation>
    </message>
    <message>
        <source>{name} has taken this ticket since {time}. Ask, or let a supervisor take it over (Ctrl+F8).</source>
        <translation>{name} 已于 {time} 认领此工单。请与其沟通，或由值班长接手（Ctrl+F8）。</translation>
    </message>
    <message>
        <source>The field “{field}” cannot be accepted: {problem}.</source>
        <translation>“{field}”一栏不能接受：{problem}。</translation>
    </message>
</context>
<context>
    <name>_Login</name>
    <message>
        <source>Liangdeng</source>
        <translation>亮灯</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>正在连接……</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Find and do</source>
        <translation>查找与操作</translation>
    </message>
    <message>
        <source>Find an action, ticket number, unit, place or view by typing.</source>
        <translation>输入以查找操作、工单号、单位、地点或视图。</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Show all notices and errors of this run with their details.</source>
        <translation>显示本次运行的全部通知与错误及详情。</translation>
    </message>
    <message>
        <source>How quick this desk is</source>
        <translation>本台快慢</translation>
    </message>
    <message>
        <source>Show how long each kind of action takes, what was slow, and why.</source>
        <translation>查看各类操作的用时，哪些慢、为什么慢。</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>明暗主题</translation>
    </message>
    <message>
        <source>Switch between the light and the dark theme.</source>
        <translation>在浅色与深色主题之间切换。</translation>
    </message>
    <message>
        <source>中文 / English</source>
        <translation>中文 / English</translation>
    </message>
    <message>
        <source>Switch between Chinese and English.</source>
        <translation>在中文与英文之间切换。</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>List every action by its key.</source>
        <translation>按按键列出全部操作。</translation>
    </message>
    <message>
        <source>Close ticket</source>
        <translation>关闭工单</translation>
    </message>
    <message>
        <source>Close the ticket in front.</source>
        <translation>关闭当前工单页。</translation>
    </message>
    <message>
        <source>Next open ticket</source>
        <translation>下一张已打开工单</translation>
    </message>
    <message>
        <source>Go to the next open ticket.</source>
        <translation>转到下一张已打开的工单。</translation>
    </message>
    <message>
        <source>Previous open ticket</source>
        <translation>上一张已打开工单</translation>
    </message>
    <message>
        <source>Go to the previous open ticket.</source>
        <translation>转到上一张已打开的工单。</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Hide everything until the password is typed.</source>
        <translation>隐藏全部内容，输入密码后恢复。</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>换人</translation>
    </message>
    <message>
        <source>Let somebody else work at this desk; your layout and drafts are kept.</source>
        <translation>让他人使用本席位；您的布局和草稿会保留。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close the console; drafts are kept.</source>
        <translation>关闭控制台；草稿会保留。</translation>
    </message>
    <message>
        <source>Unit desk</source>
        <translation>承办台</translation>
    </message>
    <message>
        <source>What my unit holds or assists: sign, contact, answer, return.</source>
        <translation>本单位承办或协办的工单：签收、联系、答复、退单。</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>工单队列</translation>
    </message>
    <message>
        <source>All tickets I may see, live, by light, state, unit, place and text.</source>
        <translation>我可见的全部工单，实时，可按灯色、状态、单位、地点和文字筛选。</translation>
    </message>
    <message>
        <source>Intake</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Write down what a caller says and decide where it goes.</source>
        <translation>记录来电内容并决定去向。</translation>
    </message>
    <message>
        <source>Centre desk</source>
        <translation>中心台</translation>
    </message>
    <message>
        <source>Dispatch, returns, extensions, holds, reviews and callbacks to do.</source>
        <translation>待办：派单、退单、延期、挂账、审核与回访。</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>留痕核查</translation>
    </message>
    <message>
        <source>The register: who saw whom, when and why; the reveals day by day.</source>
        <translation>登记簿：谁在何时因何看了谁；每日身份查看清单。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>All years: figures by month, unit, place or category, the tickets, a file.</source>
        <translation>历年工单：按月份、单位、地点或类别统计，逐件列出，可导出文件。</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Find a camera, look, go round a group, see who looked.</source>
        <translation>查找摄像头、查看画面、分组轮巡、查阅调阅登记。</translation>
    </message>
    <message>
        <source>Camera health</source>
        <translation>视频在线</translation>
    </message>
    <message>
        <source>How many cameras are online, over time, and which are down since when.</source>
        <translation>多少摄像头在线、变化趋势，哪些从何时起离线。</translation>
    </message>
    <message>
        <source>Why this deadline</source>
        <translation>时限说明</translation>
    </message>
    <message>
        <source>List every counted day with its notice</source>
        <translation>逐日列出计算依据</translation>
    </message>
    <message>
        <source>Reveal the caller</source>
        <translation>显示来电人</translation>
    </message>
    <message>
        <source>Show name and number once, with a reason that is registered</source>
        <translation>登记理由后显示一次姓名与电话</translation>
    </message>
    <message>
        <source>Add a file</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Add pictures, PDF or audio to the ticket</source>
        <translation>为工单添加图片、PDF 或音频</translation>
    </message>
    <message>
        <source>Print the sheet</source>
        <translation>打印工单</translation>
    </message>
    <message>
        <source>Show the marked sheet in the desk&apos;s own program, which prints</source>
        <translation>用本机的程序打开带水印的工单，由它打印</translation>
    </message>
    <message>
        <source>Save the sheet as PDF</source>
        <translation>工单存为 PDF</translation>
    </message>
    <message>
        <source>Write the ticket&apos;s sheet, marked with person and time, to a file</source>
        <translation>把带有人员和时间水印的工单写成文件</translation>
    </message>
    <message>
        <source>Answer directly</source>
        <translation>直接答复</translation>
    </message>
    <message>
        <source>Answer at once from the knowledge base or a stated basis</source>
        <translation>依据知识库或明确依据当即答复</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>转紧急/法定途径</translation>
    </message>
    <message>
        <source>Pass an emergency or a legal matter to its own channel</source>
        <translation>紧急或法定事项转对应渠道</translation>
    </message>
    <message>
        <source>Propose to refuse</source>
        <translation>建议不予受理</translation>
    </message>
    <message>
        <source>Say why it is not accepted; a supervisor confirms</source>
        <translation>说明不受理理由，由值班长确认</translation>
    </message>
    <message>
        <source>Confirm the refusal</source>
        <translation>确认不予受理</translation>
    </message>
    <message>
        <source>Refuse with the notice to the caller</source>
        <translation>附告知内容，确认不予受理</translation>
    </message>
    <message>
        <source>Reject the refusal</source>
        <translation>退回不予受理建议</translation>
    </message>
    <message>
        <source>Send the proposal back to the operator</source>
        <translation>退回给受理派单员</translation>
    </message>
    <message>
        <source>Merge into another</source>
        <translation>并单</translation>
    </message>
    <message>
        <source>Handle it together with another open ticket</source>
        <translation>与另一张在办工单合并办理</translation>
    </message>
    <message>
        <source>Undo the merge</source>
        <translation>撤销并单</translation>
    </message>
    <message>
        <source>Give a merged ticket its own life back</source>
        <translation>恢复为独立工单</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Accept it; the unit is chosen later</source>
        <translation>先受理，稍后选择单位</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>派单</translation>
    </message>
    <message>
        <source>Send it to the responsible unit; the clocks start</source>
        <translation>派给责任单位，开始计时</translation>
    </message>
    <message>
        <source>Dispatch to the coordinator</source>
        <translation>派属地协调</translation>
    </message>
    <message>
        <source>Send it to the town when nobody is named</source>
        <translation>责任不明时派属地街镇</translation>
    </message>
    <message>
        <source>Special report</source>
        <translation>专报批办</translation>
    </message>
    <message>
        <source>Ask a leader for an instruction</source>
        <translation>呈领导批示</translation>
    </message>
    <message>
        <source>Instruct</source>
        <translation>批示交办</translation>
    </message>
    <message>
        <source>Name the unit and the day as a leader</source>
        <translation>领导指定单位与期限</translation>
    </message>
    <message>
        <source>Return the special report</source>
        <translation>退回专报</translation>
    </message>
    <message>
        <source>Give it back to be dispatched as usual</source>
        <translation>退回按常规派单</translation>
    </message>
    <message>
        <source>Set assisting units</source>
        <translation>设协办单位</translation>
    </message>
    <message>
        <source>Name the units that must help, and by when</source>
        <translation>指定协办单位与期限</translation>
    </message>
    <message>
        <source>Hand down</source>
        <translation>下派</translation>
    </message>
    <message>
        <source>Pass it to a unit below mine</source>
        <translation>转给下级单位</translation>
    </message>
    <message>
        <source>Hand up</source>
        <translation>上报</translation>
    </message>
    <message>
        <source>Pass it to the unit above mine</source>
        <translation>转给上级单位</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退单</translation>
    </message>
    <message>
        <source>Give it back with the basis and the right unit</source>
        <translation>附依据与建议单位退回</translation>
    </message>
    <message>
        <source>Accept the return</source>
        <translation>同意退单</translation>
    </message>
    <message>
        <source>Take it back to be dispatched again</source>
        <translation>收回重新派单</translation>
    </message>
    <message>
        <source>Refuse the return</source>
        <translation>驳回退单</translation>
    </message>
    <message>
        <source>Leave it with the unit, with the reason</source>
        <translation>说明理由，仍由该单位办理</translation>
    </message>
    <message>
        <source>Call a conference</source>
        <translation>提交会商</translation>
    </message>
    <message>
        <source>Bring a disputed ticket before the units</source>
        <translation>将争议工单提交会商</translation>
    </message>
    <message>
        <source>Designate</source>
        <translation>指定承办</translation>
    </message>
    <message>
        <source>Name the unit for good; it may not return it</source>
        <translation>指定承办单位，不得再退</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Take the ticket for my unit</source>
        <translation>代表本单位签收</translation>
    </message>
    <message>
        <source>Sign on behalf</source>
        <translation>代签收</translation>
    </message>
    <message>
        <source>Sign in the name of the unit, recorded as such</source>
        <translation>代承办单位签收并留痕</translation>
    </message>
    <message>
        <source>Record the contact</source>
        <translation>记录联系</translation>
    </message>
    <message>
        <source>Record when and how the caller was contacted</source>
        <translation>记录联系时间与方式</translation>
    </message>
    <message>
        <source>Work note</source>
        <translation>办理记录</translation>
    </message>
    <message>
        <source>Write down a step of the work</source>
        <translation>记录办理进展</translation>
    </message>
    <message>
        <source>Report progress and answer</source>
        <translation>进展并答复</translation>
    </message>
    <message>
        <source>Report a complex matter&apos;s progress and answer the caller</source>
        <translation>报告复杂事项进展并答复</translation>
    </message>
    <message>
        <source>Assist report</source>
        <translation>协办反馈</translation>
    </message>
    <message>
        <source>Report what my unit contributed</source>
        <translation>反馈本单位协办情况</translation>
    </message>
    <message>
        <source>Ask for extension</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Ask for more working days before the deadline</source>
        <translation>到期前申请增加工作日</translation>
    </message>
    <message>
        <source>Approve the extension</source>
        <translation>同意延期</translation>
    </message>
    <message>
        <source>Grant the working days asked for</source>
        <translation>批准所申请的工作日</translation>
    </message>
    <message>
        <source>Refuse the extension</source>
        <translation>驳回延期</translation>
    </message>
    <message>
        <source>Leave the deadline as it is</source>
        <translation>时限不变</translation>
    </message>
    <message>
        <source>Ask for hold</source>
        <translation>申请挂账</translation>
    </message>
    <message>
        <source>Ask to stop the clock for an objective cause</source>
        <translation>因客观原因申请暂停计时</translation>
    </message>
    <message>
        <source>Approve the hold</source>
        <translation>同意挂账</translation>
    </message>
    <message>
        <source>Stop the clock until the review day</source>
        <translation>暂停计时至复核日</translation>
    </message>
    <message>
        <source>Refuse the hold</source>
        <translation>驳回挂账</translation>
    </message>
    <message>
        <source>Let the clock run on</source>
        <translation>继续计时</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复办理</translation>
    </message>
    <message>
        <source>Let the clock run again</source>
        <translation>恢复计时</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Report what was done; the centre checks it</source>
        <translation>反馈办理情况，由中心审核</translation>
    </message>
    <message>
        <source>Propose to end</source>
        <translation>申请终止办理</translation>
    </message>
    <message>
        <source>Ask to end it without a solution</source>
        <translation>申请不再办理</translation>
    </message>
    <message>
        <source>Approve the end</source>
        <translation>同意终止</translation>
    </message>
    <message>
        <source>End it as proposed</source>
        <translation>按申请终止</translation>
    </message>
    <message>
        <source>Approve the feedback</source>
        <translation>审核通过</translation>
    </message>
    <message>
        <source>Let the caller be called back</source>
        <translation>转入回访</translation>
    </message>
    <message>
        <source>Close without callback</source>
        <translation>办结（无需回访）</translation>
    </message>
    <message>
        <source>Close it where no callback is due</source>
        <translation>无需回访时直接办结</translation>
    </message>
    <message>
        <source>Send back for rework</source>
        <translation>退回重办</translation>
    </message>
    <message>
        <source>Send it back with the defect named</source>
        <translation>指出缺陷退回重办</translation>
    </message>
    <message>
        <source>Callback attempt</source>
        <translation>回访未接通</translation>
    </message>
    <message>
        <source>Record a call nobody answered</source>
        <translation>记录无人接听的回访</translation>
    </message>
    <message>
        <source>Callback result</source>
        <translation>回访结果</translation>
    </message>
    <message>
        <source>Record whether it is solved and how satisfied the caller is</source>
        <translation>记录是否解决与满意度</translation>
    </message>
    <message>
        <source>Close as unreachable</source>
        <translation>无法联系办结</translation>
    </message>
    <message>
        <source>Close it after enough attempts</source>
        <translation>多次联系不上后办结</translation>
    </message>
    <message>
        <source>Propose a redo</source>
        <translation>建议重办</translation>
    </message>
    <message>
        <source>Ask that it is done again</source>
        <translation>建议重新办理</translation>
    </message>
    <message>
        <source>Approve the redo</source>
        <translation>同意重办</translation>
    </message>
    <message>
        <source>Send it back with a short deadline</source>
        <translation>限期重新办理</translation>
    </message>
    <message>
        <source>Refuse the redo</source>
        <translation>驳回重办</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>维持原结果</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Put it into the archive, read-only</source>
        <translation>归档后只读</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>作废</translation>
    </message>
    <message>
        <source>Take it out with a reason; nothing is deleted</source>
        <translation>说明理由作废，不删除</translation>
    </message>
    <message>
        <source>Open a follow-up</source>
        <translation>新情况另立工单</translation>
    </message>
    <message>
        <source>Open a linked ticket for new facts</source>
        <translation>因新情况另立关联工单</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>回避</translation>
    </message>
    <message>
        <source>Keep somebody with an interest away from it</source>
        <translation>有利害关系者回避</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Write a remark into its history</source>
        <translation>写入工单记录</translation>
    </message>
    <message>
        <source>Amend</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Correct title, category, place or urgency</source>
        <translation>更正标题、类别、地点或紧急程度</translation>
    </message>
    <message>
        <source>Refresh the queue</source>
        <translation>刷新队列</translation>
    </message>
    <message>
        <source>Read the list again; struck rows go, the selection stays</source>
        <translation>重新读取列表；划去的行消失，选中不变</translation>
    </message>
    <message>
        <source>Show new tickets</source>
        <translation>显示新工单</translation>
    </message>
    <message>
        <source>Let the tickets in that came while you were working</source>
        <translation>放入您操作期间新到的工单</translation>
    </message>
    <message>
        <source>Find in the queue</source>
        <translation>在队列中查找</translation>
    </message>
    <message>
        <source>Go to the text filter; in the table also with /</source>
        <translation>转到文字筛选；在表格中也可按 /</translation>
    </message>
    <message>
        <source>Open the selected ticket</source>
        <translation>打开选中的工单</translation>
    </message>
    <message>
        <source>Show its page; in the table also with Enter</source>
        <translation>显示工单页；在表格中也可按回车</translation>
    </message>
    <message>
        <source>Do something with the selected tickets</source>
        <translation>批量办理所选工单</translation>
    </message>
    <message>
        <source>One action for all selected rows: select with Shift or Ctrl</source>
        <translation>对所选各行办理同一操作：用 Shift 或 Ctrl 多选</translation>
    </message>
    <message>
        <source>Do something with the whole list</source>
        <translation>批量办理整个列表</translation>
    </message>
    <message>
        <source>One action for all tickets that match the filter, loaded or not</source>
        <translation>对符合筛选条件的全部工单办理同一操作，无论是否已加载</translation>
    </message>
    <message>
        <source>Go to the first ticket</source>
        <translation>转到第一件</translation>
    </message>
    <message>
        <source>Select the first row; in the table also with Home</source>
        <translation>选中第一行；在表格中也可按 Home</translation>
    </message>
    <message>
        <source>Go to the last ticket</source>
        <translation>转到最后一件</translation>
    </message>
    <message>
        <source>Select the last loaded row; in the table also with End</source>
        <translation>选中已载入的最后一行；在表格中也可按 End</translation>
    </message>
    <message>
        <source>Show all open tickets</source>
        <translation>显示全部未办结工单</translation>
    </message>
    <message>
        <source>Show the open queue without any filter</source>
        <translation>显示不加筛选的未办结队列</translation>
    </message>
    <message>
        <source>Show overdue tickets</source>
        <translation>显示超期工单</translation>
    </message>
    <message>
        <source>Show the open tickets with a red light</source>
        <translation>显示亮红灯的未办结工单</translation>
    </message>
    <message>
        <source>Show tickets due soon</source>
        <translation>显示临期工单</translation>
    </message>
    <message>
        <source>Show the open tickets with a yellow light</source>
        <translation>显示亮黄灯的未办结工单</translation>
    </message>
    <message>
        <source>Show my unit&apos;s tickets</source>
        <translation>显示本单位工单</translation>
    </message>
    <message>
        <source>Show the open tickets my unit holds or assists</source>
        <translation>显示本单位承办或协办的未办结工单</translation>
    </message>
    <message>
        <source>Show the history</source>
        <translation>显示历史</translation>
    </message>
    <message>
        <source>Show all tickets, the newest first</source>
        <translation>显示全部工单，最新在前</translation>
    </message>
    <message>
        <source>Next ticket of the list</source>
        <translation>列表下一张</translation>
    </message>
    <message>
        <source>Take the next ticket that still waits</source>
        <translation>转到仍待办的下一张工单</translation>
    </message>
    <message>
        <source>Previous ticket of the list</source>
        <translation>列表上一张</translation>
    </message>
    <message>
        <source>Take the ticket before</source>
        <translation>转到上一张工单</translation>
    </message>
    <message>
        <source>Next list</source>
        <translation>下一个列表</translation>
    </message>
    <message>
        <source>Go to the next list of the desk</source>
        <translation>转到本台的下一个列表</translation>
    </message>
    <message>
        <source>Previous list</source>
        <translation>上一个列表</translation>
    </message>
    <message>
        <source>Go to the list of the desk before</source>
        <translation>转到本台的上一个列表</translation>
    </message>
    <message>
        <source>Only register the report</source>
        <translation>仅登记</translation>
    </message>
    <message>
        <source>Give it a number now and decide later where it goes</source>
        <translation>先编号，稍后决定去向</translation>
    </message>
    <message>
        <source>Show the register</source>
        <translation>打开登记簿</translation>
    </message>
    <message>
        <source>Who looked, took out or changed what, when and why</source>
        <translation>谁在何时因何查看、带出或更改了什么</translation>
    </message>
    <message>
        <source>Show the reveals by day</source>
        <translation>打开每日身份查看</translation>
    </message>
    <message>
        <source>Each day who revealed which caller with which reason</source>
        <translation>每天谁以什么理由查看了哪位来电人</translation>
    </message>
    <message>
        <source>Seen by me</source>
        <translation>我已查看</translation>
    </message>
    <message>
        <source>Write into the register that I looked over the day&apos;s reveals</source>
        <translation>在登记簿中记下：我已核查当天的身份查看</translation>
    </message>
    <message>
        <source>Open the entry&apos;s ticket</source>
        <translation>打开该记录的工单</translation>
    </message>
    <message>
        <source>Show the page of the ticket the entry is about</source>
        <translation>显示这条记录所涉工单的页面</translation>
    </message>
    <message>
        <source>Refresh the register</source>
        <translation>刷新登记簿</translation>
    </message>
    <message>
        <source>Read the list or the days again</source>
        <translation>重新读取列表或每日清单</translation>
    </message>
    <message>
        <source>Export the register</source>
        <translation>导出登记簿</translation>
    </message>
    <message>
        <source>Write what is asked for to CSV or XLSX; that is registered, too</source>
        <translation>把所查内容写成 CSV 或 XLSX；导出本身也会登记</translation>
    </message>
    <message>
        <source>Print the last seals</source>
        <translation>打印最近的封存值</translation>
    </message>
    <message>
        <source>A sheet to keep away from the server, as proof that nothing was changed</source>
        <translation>一张离开服务器另行保管的纸，用来证明记录未被改动</translation>
    </message>
    <message>
        <source>Take this ticket</source>
        <translation>认领此工单</translation>
    </message>
    <message>
        <source>I take this: colleagues see it, and only I decide until I let go</source>
        <translation>由我来办：同事都能看到，放开之前只有我能作决定</translation>
    </message>
    <message>
        <source>Let go of this ticket</source>
        <translation>放开此工单</translation>
    </message>
    <message>
        <source>Leave it to the colleagues again</source>
        <translation>重新交给同事办理</translation>
    </message>
    <message>
        <source>Take over from a colleague</source>
        <translation>接手同事的工单</translation>
    </message>
    <message>
        <source>Take a ticket a colleague has taken, with a reason that is registered</source>
        <translation>接手同事已认领的工单，理由记入登记簿</translation>
    </message>
    <message>
        <source>Take the next ticket</source>
        <translation>领取下一件</translation>
    </message>
    <message>
        <source>Take the first ticket of this list that nobody has, and open it</source>
        <translation>认领本列表中第一件无人认领的工单并打开</translation>
    </message>
    <message>
        <source>Back in the history</source>
        <translation>历史：返回上一步</translation>
    </message>
    <message>
        <source>Take the last step of narrowing down back</source>
        <translation>撤回上一步筛选</translation>
    </message>
    <message>
        <source>Figures by the next thing</source>
        <translation>历史：换一种统计口径</translation>
    </message>
    <message>
        <source>Count by month, unit, place, category, channel, kind or state in turn</source>
        <translation>依次按月份、单位、地点、类别、渠道、类型、状态统计</translation>
    </message>
    <message>
        <source>Find in the history</source>
        <translation>在历史中查找</translation>
    </message>
    <message>
        <source>Go to the text filter of the history; in the table also with /</source>
        <translation>转到历史的文字筛选；在表格中也可按 /</translation>
    </message>
    <message>
        <source>Export the list as CSV</source>
        <translation>将列表导出为 CSV</translation>
    </message>
    <message>
        <source>Write the tickets of the history&apos;s filter into a CSV file</source>
        <translation>把历史中筛选出的工单写入 CSV 文件</translation>
    </message>
    <message>
        <source>Export the list as XLSX</source>
        <translation>将列表导出为 XLSX</translation>
    </message>
    <message>
        <source>Write the tickets of the history&apos;s filter into an Excel workbook</source>
        <translation>把历史中筛选出的工单写入 Excel 工作簿</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>停止导出</translation>
    </message>
    <message>
        <source>Give the export up; no file is left behind</source>
        <translation>放弃导出，不留下文件</translation>
    </message>
    <message>
        <source>Keep the picture</source>
        <translation>留存图像</translation>
    </message>
    <message>
        <source>Keep the chosen picture in full resolution, with the ticket it was opened for</source>
        <translation>以全分辨率留存所选画面，归入打开该画面时的工单</translation>
    </message>
    <message>
        <source>Begin or end a clip</source>
        <translation>开始或结束录像</translation>
    </message>
    <message>
        <source>Record the chosen picture, with the seconds before; the same key ends it</source>
        <translation>录制所选画面，含按键前数秒；再按同一键结束</translation>
    </message>
    <message>
        <source>Make a ticket of the picture</source>
        <translation>由画面生成工单</translation>
    </message>
    <message>
        <source>Begin a report with place, time, camera and picture filled in</source>
        <translation>新建登记，自动填入地点、时间、摄像头和图像</translation>
    </message>
    <message>
        <source>Steer the camera or let go of it</source>
        <translation>操作或放开云台</translation>
    </message>
    <message>
        <source>The enlarged camera, where it can turn: arrows turn, + and − zoom; a supervisor takes over</source>
        <translation>放大显示的可转动摄像头：方向键转动，+ 和 − 变焦；值班长可以接管</translation>
    </message>
    <message>
        <source>Give a kept picture to this ticket</source>
        <translation>将留存图像归入本工单</translation>
    </message>
    <message>
        <source>List what you kept without a ticket on the page in front</source>
        <translation>在当前工单页列出您留存而未归入工单的图像</translation>
    </message>
    <message>
        <source>Cameras near here</source>
        <translation>附近摄像头</translation>
    </message>
    <message>
        <source>Show the nearest nine cameras beside the ticket, 1 to 9 open them; again: away</source>
        <translation>在工单旁显示最近的九路摄像头，按 1 至 9 打开；再按收起</translation>
    </message>
    <message>
        <source>Map around the ticket</source>
        <translation>工单周边地图</translation>
    </message>
    <message>
        <source>Show the cameras around the ticket in hand on the map</source>
        <translation>在地图上显示手头工单周边的摄像头</translation>
    </message>
    <message>
        <source>Find a camera</source>
        <translation>查找摄像头</translation>
    </message>
    <message>
        <source>Look for a camera by name, place, pinyin, purpose or code</source>
        <translation>按名称、地点、拼音、用途或编号查找摄像头</translation>
    </message>
    <message>
        <source>Open the camera</source>
        <translation>打开摄像头</translation>
    </message>
    <message>
        <source>Show the camera under the cursor in the chosen tile; a reason is asked first</source>
        <translation>在选中的格子里显示所选摄像头，首次需填写事由</translation>
    </message>
    <message>
        <source>Second screen</source>
        <translation>副屏</translation>
    </message>
    <message>
        <source>Open the wall in a window of its own, with the camera under the cursor</source>
        <translation>在独立窗口中打开视频墙，并显示所选摄像头</translation>
    </message>
    <message>
        <source>Show the pictures</source>
        <translation>显示画面</translation>
    </message>
    <message>
        <source>Bring the wall of pictures to the front</source>
        <translation>切换到视频墙</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>在地图上显示</translation>
    </message>
    <message>
        <source>Show all cameras on the map, the one under the cursor chosen</source>
        <translation>在地图上显示全部摄像头并选中当前摄像头</translation>
    </message>
    <message>
        <source>1, 4, 9 or 16 pictures</source>
        <translation>1、4、9 或 16 画面</translation>
    </message>
    <message>
        <source>Take the next number of tiles; the keys 1 to 4 choose one by its side</source>
        <translation>切换画面数；按 1 至 4 选择每边格数</translation>
    </message>
    <message>
        <source>Close the picture</source>
        <translation>关闭画面</translation>
    </message>
    <message>
        <source>Close the chosen picture of the wall</source>
        <translation>关闭视频墙中选中的画面</translation>
    </message>
    <message>
        <source>Close all pictures</source>
        <translation>关闭全部画面</translation>
    </message>
    <message>
        <source>Close every picture; the next one is asked for a reason again</source>
        <translation>关闭全部画面，再次打开需重新填写事由</translation>
    </message>
    <message>
        <source>Groups of cameras</source>
        <translation>摄像头分组</translation>
    </message>
    <message>
        <source>Go to my groups and those shared with my unit</source>
        <translation>查看我的分组和共享给本单位的分组</translation>
    </message>
    <message>
        <source>New group of cameras</source>
        <translation>新建摄像头分组</translation>
    </message>
    <message>
        <source>Begin a group with the cameras on the wall</source>
        <translation>用墙上的摄像头新建分组</translation>
    </message>
    <message>
        <source>Go round a group</source>
        <translation>分组轮巡</translation>
    </message>
    <message>
        <source>Show the cameras of the chosen group one page after the other, with a record</source>
        <translation>逐页显示所选分组的摄像头并留下轮巡记录</translation>
    </message>
    <message>
        <source>Stay, or go on with the round</source>
        <translation>暂停或继续轮巡</translation>
    </message>
    <message>
        <source>Keep the page of the round, or let it turn again</source>
        <translation>停在当前页，或继续翻页</translation>
    </message>
    <message>
        <source>Next page of the round</source>
        <translation>轮巡下一页</translation>
    </message>
    <message>
        <source>Turn to the next page; after the last one the round is complete</source>
        <translation>翻到下一页，最后一页之后轮巡完成</translation>
    </message>
    <message>
        <source>Page before of the round</source>
        <translation>轮巡上一页</translation>
    </message>
    <message>
        <source>Turn a page of the round back</source>
        <translation>翻回上一页</translation>
    </message>
    <message>
        <source>End the round</source>
        <translation>结束轮巡</translation>
    </message>
    <message>
        <source>End the round here; its record keeps what was seen</source>
        <translation>就此结束轮巡，记录保留已看到的内容</translation>
    </message>
    <message>
        <source>Show the rounds</source>
        <translation>查看轮巡</translation>
    </message>
    <message>
        <source>What rounds are due today, and what those before really saw</source>
        <translation>今日应轮巡及以往轮巡实际看到的内容</translation>
    </message>
    <message>
        <source>Who looked through cameras</source>
        <translation>视频调阅登记</translation>
    </message>
    <message>
        <source>Show who looked through which camera, when, why and how long</source>
        <translation>查看何人何时因何调阅哪路摄像头、多长时间</translation>
    </message>
    <message>
        <source>Export who looked</source>
        <translation>导出调阅登记</translation>
    </message>
    <message>
        <source>Write what is asked of the views to CSV or XLSX; that is registered, too</source>
        <translation>将所查调阅登记写入 CSV 或 XLSX，导出本身也会登记</translation>
    </message>
    <message>
        <source>Refresh the cameras</source>
        <translation>刷新摄像头</translation>
    </message>
    <message>
        <source>Read the places, groups and what is in front again</source>
        <translation>重新读取区域、分组和当前页</translation>
    </message>
</context>
<context>
    <name>budgets</name>
    <message>
        <source>Act</source>
        <translation>办理</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>翻页</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>bulk</name>
    <message>
        <source>done</source>
        <translation>已办</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>changed by others</source>
        <translation>他人已变更</translation>
    </message>
</context>
<context>
    <name>camera</name>
    <message>
        <source>The console has no link to its server, which alone knows the address.</source>
        <translation>控制台与服务器断开，只有服务器知道视频地址。</translation>
    </message>
    <message>
        <source>You may not look through this camera now.</source>
        <translation>您现在不能查看这台摄像头。</translation>
    </message>
    <message>
        <source>The camera or its gateway cannot be reached. It is off, or the network is down.</source>
        <translation>连不上摄像头或其网关：可能已关机，或网络中断。</translation>
    </message>
    <message>
        <source>The gateway refused the login. It is not tried again, or it would lock this desk out.</source>
        <translation>网关拒绝了登录。为避免被锁定，不再重试。</translation>
    </message>
    <message>
        <source>The gateway is in trouble itself and gives no stream.</source>
        <translation>网关自身发生故障，暂无视频可给。</translation>
    </message>
    <message>
        <source>The gateway does not know this stream.</source>
        <translation>网关没有这路视频流。</translation>
    </message>
    <message>
        <source>The camera sends a kind of video nothing here can read.</source>
        <translation>摄像头发来的视频编码无法识别。</translation>
    </message>
    <message>
        <source>Connected, but no picture comes.</source>
        <translation>已连接，但没有画面。</translation>
    </message>
    <message>
        <source>What comes from there is no video.</source>
        <translation>收到的数据不是视频。</translation>
    </message>
    <message>
        <source>The other side closed the stream.</source>
        <translation>对方关闭了视频流。</translation>
    </message>
    <message>
        <source>Asking for the right to look …</source>
        <translation>正在登记查看…</translation>
    </message>
    <message>
        <source>Connecting …</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Connected; waiting for the camera …</source>
        <translation>已连接，等待摄像头…</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Enter: try again</source>
        <translation>按回车重试</translation>
    </message>
    <message>
        <source>Enter: type name and password</source>
        <translation>按回车输入用户名和密码</translation>
    </message>
    <message>
        <source>Next try in {seconds} s</source>
        <translation>{seconds} 秒后重试</translation>
    </message>
    <message>
        <source>The gateway {gateway} asks for a name and a password.</source>
        <translation>网关 {gateway} 需要用户名和密码。</translation>
    </message>
    <message>
        <source>Picture of {time}, {seconds} s old</source>
        <translation>{time} 的画面，已过 {seconds} 秒</translation>
    </message>
    <message>
        <source>FROZEN since {time} – not live</source>
        <translation>画面停在 {time}，非实时</translation>
    </message>
    <message>
        <source>first picture {seconds} s</source>
        <translation>首帧 {seconds} 秒</translation>
    </message>
    <message>
        <source>main stream</source>
        <translation>主码流</translation>
    </message>
    <message>
        <source>sub stream</source>
        <translation>子码流</translation>
    </message>
    <message>
        <source>This desk shows {most} cameras, which is all it may. Close one, and this one opens.</source>
        <translation>本席位已打开 {most} 路，达到上限。关闭一路后自动打开。</translation>
    </message>
    <message>
        <source>by system</source>
        <translation>按系统</translation>
    </message>
    <message>
        <source>by town</source>
        <translation>按镇街</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>a year</source>
        <translation>一年</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>拒绝连接</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>online, wants a login</source>
        <translation>在线，要求登录</translation>
    </message>
    <message>
        <source>no such stream</source>
        <translation>没有该路视频</translation>
    </message>
    <message>
        <source>answers wrongly</source>
        <translation>应答异常</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>not known now; was: {words}</source>
        <translation>当前未知；此前：{words}</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days} 天 {hours} 小时</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>The gateway or camera cannot be reached; nothing moves. Try again, or report it.</source>
        <translation>网关或摄像头连接不上，云台没有动。请再试，或报修。</translation>
    </message>
    <message>
        <source>The login of this desk is refused; it is not tried again. Ask who runs the gateway.</source>
        <translation>本工作台的账号被拒绝，不再重试。请联系网关管理人员。</translation>
    </message>
    <message>
        <source>The camera does not do this.</source>
        <translation>摄像头没有执行。</translation>
    </message>
</context>
<context>
    <name>causes</name>
    <message>
        <source>other work here</source>
        <translation>本台排队</translation>
    </message>
    <message>
        <source>own disk</source>
        <translation>本机磁盘</translation>
    </message>
    <message>
        <source>network and server</source>
        <translation>网络与服务器</translation>
    </message>
    <message>
        <source>the window</source>
        <translation>本窗口</translation>
    </message>
</context>
<context>
    <name>columns</name>
    <message>
        <source>Light</source>
        <translation>灯</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>已过</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Lies</source>
        <translation>方位</translation>
    </message>
    <message>
        <source>Looks to</source>
        <translation>朝向</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>已看到</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>无画面</translation>
    </message>
    <message>
        <source>Lasted</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Remarks</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Seen for</source>
        <translation>看到时长</translation>
    </message>
    <message>
        <source>How long</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>About</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Reveals</source>
        <translation>查看次数</translation>
    </message>
    <message>
        <source>Persons</source>
        <translation>人数</translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation>工单数</translation>
    </message>
    <message>
        <source>By me</source>
        <translation>我是否已看</translation>
    </message>
    <message>
        <source>Saw whom</source>
        <translation>看了谁</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>承办</translation>
    </message>
    <message>
        <source>Next due</source>
        <translation>下一时限</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Open at</source>
        <translation>正在查看</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>超期</translation>
    </message>
    <message>
        <source>of tickets</source>
        <translation>占工单</translation>
    </message>
    <message>
        <source>In time</source>
        <translation>按时</translation>
    </message>
    <message>
        <source>Fell due</source>
        <translation>应答复</translation>
    </message>
    <message>
        <source>of due</source>
        <translation>占应答复</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已答复</translation>
    </message>
    <message>
        <source>Median wd</source>
        <translation>工作日中位</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>All</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>在线率</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>System</source>
        <translation>来源系统</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>最近应答</translation>
    </message>
    <message>
        <source>Down since</source>
        <translation>离线时间</translation>
    </message>
    <message>
        <source>For</source>
        <translation>已持续</translation>
    </message>
    <message>
        <source>Repair ticket</source>
        <translation>维修工单</translation>
    </message>
</context>
<context>
    <name>conflict</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Assisting units</source>
        <translation>协办单位</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Complex</source>
        <translation>复杂</translation>
    </message>
    <message>
        <source>Contact due</source>
        <translation>联系时限</translation>
    </message>
    <message>
        <source>Answer due</source>
        <translation>答复时限</translation>
    </message>
    <message>
        <source>Caller contacted</source>
        <translation>已联系来电人</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>是否解决</translation>
    </message>
    <message>
        <source>As you saw it</source>
        <translation>您看到时</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>What you typed</source>
        <translation>您填写的</translation>
    </message>
    <message>
        <source>The ticket changed while you were writing</source>
        <translation>您填写期间工单已变更</translation>
    </message>
    <message>
        <source>What happened meanwhile</source>
        <translation>期间发生的事项</translation>
    </message>
</context>
<context>
    <name>desks</name>
    <message>
        <source>To sign</source>
        <translation>待签收</translation>
    </message>
    <message>
        <source>Contact due</source>
        <translation>待联系</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>办理中</translation>
    </message>
    <message>
        <source>Came back to me</source>
        <translation>退回我处</translation>
    </message>
    <message>
        <source>Extension or hold asked</source>
        <translation>已申请延期或挂账</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>挂账中</translation>
    </message>
    <message>
        <source>I assist</source>
        <translation>我协办</translation>
    </message>
    <message>
        <source>Answered, being checked</source>
        <translation>已反馈待核</translation>
    </message>
    <message>
        <source>New</source>
        <translation>待受理</translation>
    </message>
    <message>
        <source>To dispatch</source>
        <translation>待派单</translation>
    </message>
    <message>
        <source>Returns to judge</source>
        <translation>退单待审</translation>
    </message>
    <message>
        <source>Refusals to confirm</source>
        <translation>不予受理待确认</translation>
    </message>
    <message>
        <source>Extensions to decide</source>
        <translation>延期待审</translation>
    </message>
    <message>
        <source>Holds to decide</source>
        <translation>挂账待审</translation>
    </message>
    <message>
        <source>Feedback to review</source>
        <translation>反馈待审核</translation>
    </message>
    <message>
        <source>Callbacks to make</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Redos to decide</source>
        <translation>重办待审</translation>
    </message>
    <message>
        <source>Conference</source>
        <translation>疑难会商</translation>
    </message>
    <message>
        <source>Special reports</source>
        <translation>专报批办</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>已并单</translation>
    </message>
    <message>
        <source>To archive</source>
        <translation>待归档</translation>
    </message>
</context>
<context>
    <name>due_card</name>
    <message>
        <source>Contact with the caller</source>
        <translation>联系来电人</translation>
    </message>
    <message>
        <source>Handling and answer</source>
        <translation>办理与答复</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>时限依据</translation>
    </message>
    <message>
        <source>Provisional: the notice of that year is not published yet.</source>
        <translation>暂定：该年放假通知尚未发布。</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>挂账期间</translation>
    </message>
    <message>
        <source>No clock runs: it starts with the dispatch.</source>
        <translation>尚未计时：自派单时起算。</translation>
    </message>
    <message>
        <source>Due on a fixed day</source>
        <translation>按指定日到期</translation>
    </message>
    <message>
        <source>Start (day not counted)</source>
        <translation>起算（当日不计）</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>not as long as the clock is held</source>
        <translation>挂账期间暂停计时</translation>
    </message>
    <message>
        <source>day {n}</source>
        <translation>第 {n} 天</translation>
    </message>
</context>
<context>
    <name>duties</name>
    <message>
        <source>Operator</source>
        <translation>受理派单员</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>回访员</translation>
    </message>
    <message>
        <source>Handling unit</source>
        <translation>承办单位人员</translation>
    </message>
    <message>
        <source>Mediation clerk</source>
        <translation>调解员</translation>
    </message>
    <message>
        <source>Shift supervisor</source>
        <translation>值班长</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>督查员</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>中心领导</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>系统管理员</translation>
    </message>
</context>
<context>
    <name>events</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>faults</name>
    <message>
        <source>Standby not yet looked at</source>
        <translation>备库尚未检测</translation>
    </message>
    <message>
        <source>Standby does not answer</source>
        <translation>备库无应答</translation>
    </message>
    <message>
        <source>Standby too far behind</source>
        <translation>备库滞后过多</translation>
    </message>
    <message>
        <source>The standby has become a main server</source>
        <translation>备库已成为主库</translation>
    </message>
    <message>
        <source>Standby of another database</source>
        <translation>备库属于另一个数据库</translation>
    </message>
</context>
<context>
    <name>fields</name>
    <message>
        <source>Person complained about</source>
        <translation>被反映人</translation>
    </message>
    <message>
        <source>Unit complained about</source>
        <translation>被反映单位</translation>
    </message>
    <message>
        <source>Answer to the caller</source>
        <translation>答复内容</translation>
    </message>
    <message>
        <source>Assisting units</source>
        <translation>协办单位</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>What the caller says</source>
        <translation>来电内容</translation>
    </message>
    <message>
        <source>By when</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Objective cause</source>
        <translation>客观原因</translation>
    </message>
    <message>
        <source>Complex matter</source>
        <translation>复杂事项</translation>
    </message>
    <message>
        <source>Caller contacted at</source>
        <translation>联系时间</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>缺陷说明</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>办理情况</translation>
    </message>
    <message>
        <source>To be done by</source>
        <translation>要求完成日</translation>
    </message>
    <message>
        <source>Reason to end</source>
        <translation>终止原因</translation>
    </message>
    <message>
        <source>Explained to the caller</source>
        <translation>已向来电人说明</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Main ticket</source>
        <translation>主单</translation>
    </message>
    <message>
        <source>Minutes of the conference</source>
        <translation>会商纪要</translation>
    </message>
    <message>
        <source>Sent to the wrong unit by the centre</source>
        <translation>属中心派单错误</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Notice to the caller</source>
        <translation>告知内容</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>办理计划</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Report to the leader</source>
        <translation>专报内容</translation>
    </message>
    <message>
        <source>Start the contact clock anew</source>
        <translation>重新起算联系时限</translation>
    </message>
    <message>
        <source>Review on</source>
        <translation>复核日</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>是否解决</translation>
    </message>
    <message>
        <source>Person who withdraws</source>
        <translation>回避人员</translation>
    </message>
    <message>
        <source>Right unit, as you see it</source>
        <translation>建议承办单位</translation>
    </message>
    <message>
        <source>Taken at</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Forwarded to</source>
        <translation>转往</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Caller has been told</source>
        <translation>已告知来电人</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Working days</source>
        <translation>工作日数</translation>
    </message>
</context>
<context>
    <name>footage</name>
    <message>
        <source>Recordings of the source systems</source>
        <translation>来源系统录像</translation>
    </message>
    <message>
        <source>Pictures from cameras</source>
        <translation>摄像头图像</translation>
    </message>
    <message>
        <source>Kept by you, without a ticket</source>
        <translation>您留存的、未归入工单的图像</translation>
    </message>
    <message>
        <source>this footage is overwritten in {n} days, ask for the original now</source>
        <translation>该录像将在 {n} 天后被覆盖，请立即申请调取原件</translation>
    </message>
    <message>
        <source>this footage is overwritten in {n} hours, ask for the original now</source>
        <translation>该录像将在 {n} 小时后被覆盖，请立即申请调取原件</translation>
    </message>
    <message>
        <source>overwritten on {day}; nobody asked for it</source>
        <translation>已于 {day} 被覆盖，无人申请调取</translation>
    </message>
    <message>
        <source>asked for on {moment} by {person}: {of}; overwritten on {day}</source>
        <translation>{person} 于 {moment} 申请调取：{of}；{day} 将被覆盖</translation>
    </message>
    <message>
        <source>secured on {moment} by {person}: {note}</source>
        <translation>{person} 于 {moment} 确认已调取：{note}</translation>
    </message>
    <message>
        <source>lost, told on {moment} by {person}: {note}</source>
        <translation>{person} 于 {moment} 登记灭失：{note}</translation>
    </message>
    <message>
        <source>I have asked…</source>
        <translation>已申请调取…</translation>
    </message>
    <message>
        <source>It is secured…</source>
        <translation>已调取…</translation>
    </message>
    <message>
        <source>It is lost…</source>
        <translation>已灭失…</translation>
    </message>
    <message>
        <source>clip of {n} s</source>
        <translation>录像 {n} 秒</translation>
    </message>
    <message>
        <source>shielded copy of clip № {id}, {n} s</source>
        <translation>录像 № {id} 的遮挡副本，{n} 秒</translation>
    </message>
    <message>
        <source>shielded copy of № {id}</source>
        <translation>№ {id} 的遮挡副本</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>{moment} server time · {person} · {reason}</source>
        <translation>{moment}（服务器时间）· {person} · {reason}</translation>
    </message>
    <message>
        <source>Give it to this ticket</source>
        <translation>归入本工单</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>✕ deleted on {moment}; the digest is kept</source>
        <translation>✕ 已于 {moment} 删除，摘要值保留</translation>
    </message>
    <message>
        <source>◐ has served ({person}: {reason}); deleted on {day}</source>
        <translation>◐ 已用毕（{person}：{reason}），{day} 删除</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Shield…</source>
        <translation>遮挡…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as evidence…</source>
        <translation>存为证据…</translation>
    </message>
    <message>
        <source>Save for publication…</source>
        <translation>存为公开用图…</translation>
    </message>
    <message>
        <source>Needed still…</source>
        <translation>仍需使用…</translation>
    </message>
    <message>
        <source>Has served…</source>
        <translation>已用毕…</translation>
    </message>
    <message>
        <source>{what}: the disk is full. Nothing is left there; make room and do it again.</source>
        <translation>{what}：磁盘已满，未留下任何文件；请腾出空间后重试。</translation>
    </message>
    <message>
        <source>{what}: it cannot be written there. Nothing is left; choose another place.</source>
        <translation>{what}：无法写入该位置，未留下任何文件；请另选位置。</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>no unit yet</source>
        <translation>尚无承办单位</translation>
    </message>
    <message>
        <source>no smaller place</source>
        <translation>无下级地点</translation>
    </message>
    <message>
        <source>no category</source>
        <translation>无类别</translation>
    </message>
    <message>
        <source>Answered in time</source>
        <translation>按时答复</translation>
    </message>
    <message>
        <source>Answered late</source>
        <translation>逾期答复</translation>
    </message>
    <message>
        <source>Answer overdue</source>
        <translation>逾期未答复</translation>
    </message>
    <message>
        <source>Answered, no due moment</source>
        <translation>已答复（无时限）</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>未答复</translation>
    </message>
    <message>
        <source>Was overdue</source>
        <translation>曾超期</translation>
    </message>
    <message>
        <source>Never overdue</source>
        <translation>未曾超期</translation>
    </message>
    <message>
        <source>Overdue at least once ÷ tickets: {part} ÷ {whole}</source>
        <translation>曾超期件数 ÷ 工单件数：{part} ÷ {whole}</translation>
    </message>
    <message>
        <source>Answered in time ÷ answered by a due moment or due by now: {part} ÷ {whole}</source>
        <translation>按时答复件数 ÷ 应答复件数（有时限且已答复，或时限已过）：{part} ÷ {whole}</translation>
    </message>
    <message>
        <source>Working days from dispatch to the answer: half of {whole} answered tickets took no longer</source>
        <translation>从派单到答复的工作日数：{whole} 件已答复工单中有一半不超过此数</translation>
    </message>
    <message>
        <source>Unit alone: {name}</source>
        <translation>仅本单位：{name}</translation>
    </message>
    <message>
        <source>Place alone: {name}</source>
        <translation>仅本地点：{name}</translation>
    </message>
    <message>
        <source>In no street or town</source>
        <translation>未落到街镇</translation>
    </message>
    <message>
        <source>Category alone: {name}</source>
        <translation>仅本类别：{name}</translation>
    </message>
</context>
<context>
    <name>paper</name>
    <message>
        <source>Contact by {moment}</source>
        <translation>应联系：{moment}</translation>
    </message>
    <message>
        <source>Answer by {moment}</source>
        <translation>应答复：{moment}</translation>
    </message>
    <message>
        <source>History, newest first</source>
        <translation>办理过程（最新在前）</translation>
    </message>
</context>
<context>
    <name>problems</name>
    <message>
        <source>it is missing</source>
        <translation>未填写</translation>
    </message>
    <message>
        <source>it is not known here</source>
        <translation>系统不认识此项</translation>
    </message>
    <message>
        <source>it is not of the right type</source>
        <translation>类型不正确</translation>
    </message>
    <message>
        <source>there is no such entry in the list</source>
        <translation>列表中没有此项</translation>
    </message>
    <message>
        <source>there is no such unit</source>
        <translation>没有这个单位</translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation>没有这个地点</translation>
    </message>
    <message>
        <source>there is no such category</source>
        <translation>没有这个类别</translation>
    </message>
    <message>
        <source>there is no such ticket</source>
        <translation>没有这张工单</translation>
    </message>
    <message>
        <source>there is no such person</source>
        <translation>没有这个人员</translation>
    </message>
    <message>
        <source>it is out of range</source>
        <translation>超出范围</translation>
    </message>
    <message>
        <source>it lies in the past</source>
        <translation>时间已过</translation>
    </message>
    <message>
        <source>it lies in the future</source>
        <translation>时间在将来</translation>
    </message>
    <message>
        <source>it is too far away</source>
        <translation>时间太远</translation>
    </message>
    <message>
        <source>there are too many</source>
        <translation>数量过多</translation>
    </message>
    <message>
        <source>something is named twice</source>
        <translation>有重复项</translation>
    </message>
    <message>
        <source>it is not a date</source>
        <translation>不是日期</translation>
    </message>
    <message>
        <source>it is not a whole number</source>
        <translation>不是整数</translation>
    </message>
    <message>
        <source>it lies before the ticket was sent to the unit</source>
        <translation>早于工单派到本单位的时间</translation>
    </message>
    <message>
        <source>it contains a control character</source>
        <translation>含有控制字符</translation>
    </message>
</context>
<context>
    <name>refusals</name>
    <message>
        <source>The calendar does not reach that far; load the notices of the coming years.</source>
        <translation>日历尚未覆盖该日期，请导入后续年份的放假通知。</translation>
    </message>
    <message>
        <source>This login belongs to nobody who works here now.</source>
        <translation>此登录名不属于任何在岗人员。</translation>
    </message>
    <message>
        <source>Choose a password of your own first.</source>
        <translation>请先设置您自己的密码。</translation>
    </message>
    <message>
        <source>You are off duty; you may look and not act.</source>
        <translation>您不在岗：可以查看，不能办理。</translation>
    </message>
    <message>
        <source>None of your duties may do this.</source>
        <translation>您的岗位无权执行此操作。</translation>
    </message>
    <message>
        <source>This login may not report for this source.</source>
        <translation>此登录名不得以该来源提交。</translation>
    </message>
    <message>
        <source>There is no such ticket for you.</source>
        <translation>没有您可见的此工单。</translation>
    </message>
    <message>
        <source>Somebody changed the ticket in the meantime.</source>
        <translation>此工单刚刚被他人修改。</translation>
    </message>
    <message>
        <source>The same entry was sent before with other contents.</source>
        <translation>此项此前已提交，但内容不同。</translation>
    </message>
    <message>
        <source>The ticket is not in a state that allows this.</source>
        <translation>工单当前状态不允许此操作。</translation>
    </message>
    <message>
        <source>The ticket already has a later event.</source>
        <translation>工单已有更晚的记录。</translation>
    </message>
    <message>
        <source>You have withdrawn from this ticket.</source>
        <translation>您已回避此工单。</translation>
    </message>
    <message>
        <source>Only a supervisor, inspector or leader may withdraw somebody else.</source>
        <translation>只有值班长、督查员或领导可以让他人回避。</translation>
    </message>
    <message>
        <source>Your unit does not hold this ticket.</source>
        <translation>此工单不在您单位手中。</translation>
    </message>
    <message>
        <source>Your unit does not assist with this ticket.</source>
        <translation>您单位不是此工单的协办单位。</translation>
    </message>
    <message>
        <source>A designated unit may not return the ticket.</source>
        <translation>被指定的单位不得退单。</translation>
    </message>
    <message>
        <source>The time for returning the ticket has passed.</source>
        <translation>退单时限已过。</translation>
    </message>
    <message>
        <source>An operator may accept a return only when the ticket was misdirected.</source>
        <translation>仅在派单错误时，受理派单员才可同意退单。</translation>
    </message>
    <message>
        <source>This unit does not take tickets.</source>
        <translation>该单位不承接工单。</translation>
    </message>
    <message>
        <source>The unit complained about may not receive or assist with the ticket.</source>
        <translation>被投诉单位不得承办或协办此工单。</translation>
    </message>
    <message>
        <source>The main ticket is with the unit complained about.</source>
        <translation>主工单正由被投诉单位办理。</translation>
    </message>
    <message>
        <source>The complaint is about you: hand the caller to a colleague.</source>
        <translation>来电反映的是您本人：请把来电转给同事。</translation>
    </message>
    <message>
        <source>This category is not on the list of what a community may be sent.</source>
        <translation>此类别不在可派社区的事项清单内。</translation>
    </message>
    <message>
        <source>A ticket is handed down only to a unit below its handler.</source>
        <translation>工单只能下派给承办单位的下级单位。</translation>
    </message>
    <message>
        <source>The handling unit has no town above it.</source>
        <translation>承办单位没有上级街镇。</translation>
    </message>
    <message>
        <source>Only a town hands a ticket up to the centre.</source>
        <translation>只有街镇可以将工单上报中心。</translation>
    </message>
    <message>
        <source>The unit above is the unit complained about.</source>
        <translation>上级单位就是被投诉单位。</translation>
    </message>
    <message>
        <source>The handling unit cannot assist itself.</source>
        <translation>承办单位不能同时作为协办单位。</translation>
    </message>
    <message>
        <source>The ticket has no place whose coordinator is known.</source>
        <translation>工单地点没有已知的协调单位。</translation>
    </message>
    <message>
        <source>The coordinator of the place is the unit complained about.</source>
        <translation>该地点的协调单位就是被投诉单位。</translation>
    </message>
    <message>
        <source>The main ticket must be another open ticket that is not merged itself.</source>
        <translation>主单必须是另一张未办结且未被合并的工单。</translation>
    </message>
    <message>
        <source>Other tickets are merged into this one.</source>
        <translation>已有其他工单并入本单。</translation>
    </message>
    <message>
        <source>Parts of the history of the ticket are missing.</source>
        <translation>工单记录有缺失。</translation>
    </message>
    <message>
        <source>The main ticket is not answered yet.</source>
        <translation>主单尚未答复。</translation>
    </message>
    <message>
        <source>A request is already pending.</source>
        <translation>已有一项申请待审批。</translation>
    </message>
    <message>
        <source>No refusal is proposed.</source>
        <translation>没有待审的不予受理建议。</translation>
    </message>
    <message>
        <source>No extension is asked for.</source>
        <translation>没有待审的延期申请。</translation>
    </message>
    <message>
        <source>No hold is asked for.</source>
        <translation>没有待审的挂账申请。</translation>
    </message>
    <message>
        <source>No redo is proposed.</source>
        <translation>没有待审的重办建议。</translation>
    </message>
    <message>
        <source>The due moment has passed.</source>
        <translation>办理时限已过。</translation>
    </message>
    <message>
        <source>The caller has been answered already.</source>
        <translation>已经答复来电人。</translation>
    </message>
    <message>
        <source>The contact with the caller is not recorded.</source>
        <translation>尚未记录与来电人的联系。</translation>
    </message>
    <message>
        <source>There are as many views as may be kept; remove some first.</source>
        <translation>保存的视图已达上限，请先删除一些。</translation>
    </message>
    <message>
        <source>You have more tickets open than one person may; close some windows first.</source>
        <translation>您打开的工单超过一个人可打开的数量，请先关闭一些窗口。</translation>
    </message>
    <message>
        <source>You came to tickets or began typing 1000 times within ten minutes; go on a little later.</source>
        <translation>十分钟内您进入工单或开始输入已达1000次，请稍后再继续。</translation>
    </message>
    <message>
        <source>This was done 500 times within an hour, which is enough; try again later.</source>
        <translation>一小时内已做了 500 次，到此为止；请稍后再试。</translation>
    </message>
    <message>
        <source>Two hundred callers looked up within an hour are enough; try again later.</source>
        <translation>一小时内按号码查询来电人已达 200 次；请稍后再试。</translation>
    </message>
    <message>
        <source>There is no such camera for you.</source>
        <translation>没有您可以看的这个摄像头。</translation>
    </message>
    <message>
        <source>This camera cannot be steered.</source>
        <translation>这台摄像头不能操作云台。</translation>
    </message>
    <message>
        <source>Somebody else is steering this camera.</source>
        <translation>别人正在操作这台摄像头。</translation>
    </message>
    <message>
        <source>You do not steer this camera any more; take it again.</source>
        <translation>您已不再操作这台摄像头；请重新取得操作权。</translation>
    </message>
    <message>
        <source>This camera is not in service.</source>
        <translation>此摄像头未在使用中。</translation>
    </message>
    <message>
        <source>The gateway of this camera is not set up.</source>
        <translation>此摄像头的视频网关尚未设置好。</translation>
    </message>
    <message>
        <source>You have as many pictures open as one person may.</source>
        <translation>您打开的视频画面已达一人上限。</translation>
    </message>
    <message>
        <source>This view is over; open the camera again.</source>
        <translation>这次调阅已结束，请重新打开摄像头。</translation>
    </message>
    <message>
        <source>There is a group of cameras with this name already.</source>
        <translation>已有同名的摄像头分组。</translation>
    </message>
    <message>
        <source>A hundred groups of cameras are enough for one person.</source>
        <translation>每人最多一百个摄像头分组。</translation>
    </message>
    <message>
        <source>Shared groups of cameras are kept by supervisors and administrators of the centre.</source>
        <translation>共享的摄像头分组由中心的值班长和管理员维护。</translation>
    </message>
    <message>
        <source>The law allows no camera in such a place.</source>
        <translation>法律规定此类场所不得安装摄像头。</translation>
    </message>
    <message>
        <source>There is no such group of cameras for you.</source>
        <translation>没有您可用的这个摄像头分组。</translation>
    </message>
    <message>
        <source>There is no such round of yours.</source>
        <translation>没有您的这次轮巡。</translation>
    </message>
    <message>
        <source>This round is over.</source>
        <translation>这次轮巡已经结束。</translation>
    </message>
    <message>
        <source>Only supervisors, leaders and administrators of the centre plan rounds.</source>
        <translation>只有中心的值班长、领导和管理员可以安排轮巡。</translation>
    </message>
    <message>
        <source>The register has no such view of yours.</source>
        <translation>登记簿中没有您的这次观看。</translation>
    </message>
    <message>
        <source>The view ended more than a day ago.</source>
        <translation>该次观看结束已超过一天。</translation>
    </message>
    <message>
        <source>There is no such picture for you.</source>
        <translation>没有您可以查看的这份图像。</translation>
    </message>
    <message>
        <source>The picture was deleted when its retention ended; its digest is kept.</source>
        <translation>图像保存期满已删除，摘要值仍予保留。</translation>
    </message>
    <message>
        <source>Say first in the register that you look at this picture.</source>
        <translation>查看此图像须先登记。</translation>
    </message>
    <message>
        <source>Only a copy with shielded faces, plates and names may be published.</source>
        <translation>只有遮挡了人脸、车牌和名称的副本才可公开。</translation>
    </message>
    <message>
        <source>The original recording has been asked for or settled already.</source>
        <translation>原始录像已申请调取或已有结果。</translation>
    </message>
    <message>
        <source>The source system has overwritten the recording.</source>
        <translation>来源系统已覆盖该段录像。</translation>
    </message>
    <message>
        <source>A second or long extension is for the centre leader.</source>
        <translation>再次或较长的延期须由中心领导审批。</translation>
    </message>
    <message>
        <source>A first, short extension is for the shift supervisor.</source>
        <translation>首次短期延期由值班长审批。</translation>
    </message>
    <message>
        <source>The review day of the hold has not come.</source>
        <translation>挂账复核日未到。</translation>
    </message>
    <message>
        <source>Only a complex or extended ticket may be answered by a progress report.</source>
        <translation>只有复杂或已延期的工单可以以进展答复。</translation>
    </message>
    <message>
        <source>No callback is required.</source>
        <translation>此工单无需回访。</translation>
    </message>
    <message>
        <source>A callback is required.</source>
        <translation>此工单须回访。</translation>
    </message>
    <message>
        <source>No end of handling is proposed.</source>
        <translation>没有终止办理的建议。</translation>
    </message>
    <message>
        <source>An end of handling is proposed.</source>
        <translation>已提出终止办理的建议。</translation>
    </message>
    <message>
        <source>Too few callback attempts were made.</source>
        <translation>回访尝试次数不足。</translation>
    </message>
    <message>
        <source>Nothing is amended.</source>
        <translation>没有任何修改。</translation>
    </message>
    <message>
        <source>A colleague has taken this ticket.</source>
        <translation>同事已认领此工单。</translation>
    </message>
    <message>
        <source>Nobody of your unit has taken this ticket.</source>
        <translation>本单位没有人认领此工单。</translation>
    </message>
    <message>
        <source>You have taken as many tickets as one person may; let go of some first.</source>
        <translation>您认领的工单已达上限，请先放开一些。</translation>
    </message>
    <message>
        <source>This is done with one ticket at a time.</source>
        <translation>此操作只能逐件办理。</translation>
    </message>
    <message>
        <source>The directory names no unit for this ticket.</source>
        <translation>责任清单中没有此工单对应的单位。</translation>
    </message>
    <message>
        <source>There is no such view of yours.</source>
        <translation>没有属于您的此视图。</translation>
    </message>
    <message>
        <source>There is a view with this name already.</source>
        <translation>已有同名视图。</translation>
    </message>
    <message>
        <source>Shared views are kept by supervisors, leaders and administrators.</source>
        <translation>共享视图由值班长、领导和管理员维护。</translation>
    </message>
    <message>
        <source>Only who answers for the register at the centre may look it over.</source>
        <translation>只有中心负责留痕监督的人员可以查阅。</translation>
    </message>
    <message>
        <source>Only the desks of the centre and the handling unit may see who called.</source>
        <translation>只有中心和承办单位可以查看来电人信息。</translation>
    </message>
    <message>
        <source>Thirty searches by telephone number within an hour are enough; try again later.</source>
        <translation>一小时内按电话号码查询最多三十次，请稍后再试。</translation>
    </message>
    <message>
        <source>The search takes too long; add a word, or limit it by unit, place or time.</source>
        <translation>查询耗时过长，请增加关键词，或按单位、地点、时间缩小范围。</translation>
    </message>
    <message>
        <source>The caller asked that the unit must not learn who called.</source>
        <translation>来电人要求对承办单位保密。</translation>
    </message>
    <message>
        <source>The ticket of this report is archived; report the new facts under a new number.</source>
        <translation>该来件的工单已归档；新情况请用新编号提交。</translation>
    </message>
</context>
<context>
    <name>register</name>
    <message>
        <source>not yet</source>
        <translation>未查看</translation>
    </message>
    <message>
        <source>✓ seen</source>
        <translation>✓ 已查看</translation>
    </message>
    <message>
        <source>Caller revealed</source>
        <translation>查看来电人身份</translation>
    </message>
    <message>
        <source>Day&apos;s reveals looked over</source>
        <translation>核查当日身份查看</translation>
    </message>
    <message>
        <source>Searched by the end of a number</source>
        <translation>按号码末尾查找</translation>
    </message>
    <message>
        <source>Tickets of a number looked up</source>
        <translation>按号码查历史工单</translation>
    </message>
    <message>
        <source>Ticket taken from a colleague</source>
        <translation>接手同事已领的工单</translation>
    </message>
    <message>
        <source>Taken out</source>
        <translation>导出或打印</translation>
    </message>
    <message>
        <source>Taking out finished</source>
        <translation>导出或打印完成</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Password changed</source>
        <translation>更改密码</translation>
    </message>
    <message>
        <source>Rights changed</source>
        <translation>更改权限</translation>
    </message>
    <message>
        <source>Setting changed</source>
        <translation>更改设置</translation>
    </message>
    <message>
        <source>Time limit changed</source>
        <translation>更改时限</translation>
    </message>
    <message>
        <source>Looked through a camera</source>
        <translation>调阅视频</translation>
    </message>
    <message>
        <source>Look through a camera ended</source>
        <translation>视频调阅结束</translation>
    </message>
    <message>
        <source>Camera steered</source>
        <translation>操作云台</translation>
    </message>
    <message>
        <source>Camera picture kept</source>
        <translation>留存摄像头图像</translation>
    </message>
    <message>
        <source>Camera picture given to a ticket</source>
        <translation>留存图像归入工单</translation>
    </message>
    <message>
        <source>Kept picture looked at</source>
        <translation>查看留存图像</translation>
    </message>
    <message>
        <source>Kept picture has served</source>
        <translation>留存图像已用毕</translation>
    </message>
    <message>
        <source>Kept picture still needed</source>
        <translation>留存图像仍需使用</translation>
    </message>
    <message>
        <source>Kept picture deleted</source>
        <translation>删除留存图像</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Callers revealed</source>
        <translation>身份查看</translation>
    </message>
    <message>
        <source>Exports and prints</source>
        <translation>导出与打印</translation>
    </message>
    <message>
        <source>Logins and passwords</source>
        <translation>登录与密码</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Settings and time limits</source>
        <translation>设置与时限</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>list of tickets</source>
        <translation>工单清单</translation>
    </message>
    <message>
        <source>sheet of a ticket</source>
        <translation>一件工单</translation>
    </message>
    <message>
        <source>register</source>
        <translation>登记簿</translation>
    </message>
    <message>
        <source>seals</source>
        <translation>封存值</translation>
    </message>
    <message>
        <source>kept picture</source>
        <translation>留存图像</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Duties</source>
        <translation>职责</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>在岗</translation>
    </message>
    <message>
        <source>Works here from</source>
        <translation>任职起</translation>
    </message>
    <message>
        <source>Works here until</source>
        <translation>任职止</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>受理派单员</translation>
    </message>
    <message>
        <source>callback</source>
        <translation>回访员</translation>
    </message>
    <message>
        <source>handling unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>mediation clerk</source>
        <translation>调解员</translation>
    </message>
    <message>
        <source>shift supervisor</source>
        <translation>值班长</translation>
    </message>
    <message>
        <source>inspector</source>
        <translation>督查员</translation>
    </message>
    <message>
        <source>centre leader</source>
        <translation>中心领导</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>other system</source>
        <translation>外部系统</translation>
    </message>
    <message>
        <source>wall</source>
        <translation>大屏</translation>
    </message>
    <message>
        <source>closed by the person</source>
        <translation>本人关闭</translation>
    </message>
    <message>
        <source>the desk was no longer heard of</source>
        <translation>席位失去联系</translation>
    </message>
    <message>
        <source>the right was taken away</source>
        <translation>权限已收回</translation>
    </message>
    <message>
        <source>let go by the person</source>
        <translation>本人放开</translation>
    </message>
    <message>
        <source>nobody steered any more</source>
        <translation>无人操作而结束</translation>
    </message>
    <message>
        <source>taken over by a supervisor</source>
        <translation>被值班主任接管</translation>
    </message>
    <message>
        <source>console {version}</source>
        <translation>控制台 {version}</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>何人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>何事</translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>看了谁</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>查询条件</translation>
    </message>
    <message>
        <source>From address</source>
        <translation>来自地址</translation>
    </message>
    <message>
        <source>Number in the register</source>
        <translation>登记号</translation>
    </message>
    <message>
        <source>the caller in plain sight</source>
        <translation>来电人身份为明文</translation>
    </message>
    <message>
        <source>the caller masked</source>
        <translation>来电人身份已遮盖</translation>
    </message>
    <message>
        <source>chose a password of their own</source>
        <translation>自己设置了新密码</translation>
    </message>
    <message>
        <source>{what}, rows handed out: {handed}, the desk says {n} (began as № {begun})</source>
        <translation>{what}，数据库交出 {handed} 行，席位自报 {n} 行（开始于 № {begun}）</translation>
    </message>
    <message>
        <source>{what}, rows as the desk says: {n} (began as № {begun})</source>
        <translation>{what}，席位自报 {n} 行（开始于 № {begun}）</translation>
    </message>
    <message>
        <source>{camera}: {time} min, {cause}</source>
        <translation>{camera}：{time} 分，{cause}</translation>
    </message>
    <message>
        <source>to the position {name}</source>
        <translation>转到预置位 {name}</translation>
    </message>
    <message>
        <source>pan</source>
        <translation>水平</translation>
    </message>
    <message>
        <source>tilt</source>
        <translation>俯仰</translation>
    </message>
    <message>
        <source>zoom</source>
        <translation>变焦</translation>
    </message>
    <message>
        <source>{movement} for {seconds} s</source>
        <translation>{movement}，持续 {seconds} 秒</translation>
    </message>
    <message>
        <source>before</source>
        <translation>更改前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>更改后</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>seals</name>
    <message>
        <source>Seals over every ticket&apos;s history and the register</source>
        <translation>各工单历史与登记簿的封存值</translation>
    </message>
    <message>
        <source>Each seal holds everything written before it. Keep this sheet away from the server: as long as the database shows the same seals, nothing sealed by them was changed or removed since. “liangdeng verify audit --against FILE” compares these lines, typed into a file.</source>
        <translation>每个封存值都包含此前写入的全部内容。请把这张纸放在服务器以外的地方保管：只要数据库显示相同的封存值，所封存的内容就没有被更改或删除过。把这些行录入文件后，用“liangdeng verify audit --against 文件”进行比对。</translation>
    </message>
    <message>
        <source>Nothing has been sealed yet; the worker seals every ten minutes.</source>
        <translation>尚未封存任何内容；后台每十分钟封存一次。</translation>
    </message>
</context>
<context>
    <name>severities</name>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Not allowed</source>
        <translation>不允许</translation>
    </message>
    <message>
        <source>Somebody was quicker</source>
        <translation>他人已先行修改</translation>
    </message>
    <message>
        <source>Not available</source>
        <translation>暂不可用</translation>
    </message>
    <message>
        <source>Error of the console</source>
        <translation>控制台错误</translation>
    </message>
</context>
<context>
    <name>sheet</name>
    <message>
        <source>Facts</source>
        <translation>基本情况</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>来电人</translation>
    </message>
    <message>
        <source>Merged into this ticket</source>
        <translation>并入本单</translation>
    </message>
    <message>
        <source>Linked tickets</source>
        <translation>关联工单</translation>
    </message>
    <message>
        <source>Who held it</source>
        <translation>流转经过</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Kind and category</source>
        <translation>类型与类别</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>无地点</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Handling unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Assisting</source>
        <translation>协办</translation>
    </message>
    <message>
        <source>Unit complained about</source>
        <translation>被投诉单位</translation>
    </message>
    <message>
        <source>Registered</source>
        <translation>登记</translation>
    </message>
    <message>
        <source>Dispatched</source>
        <translation>派单</translation>
    </message>
    <message>
        <source>Contacted</source>
        <translation>联系</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Returns · reworks · extensions</source>
        <translation>退单 · 重办 · 延期</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>in plain sight until {time}</source>
        <translation>明文显示到 {time}</translation>
    </message>
    <message>
        <source>anonymous</source>
        <translation>匿名</translation>
    </message>
    <message>
        <source>Reveal… (F6)</source>
        <translation>查看…（F6）</translation>
    </message>
    <message>
        <source>asks for secrecy</source>
        <translation>要求保密</translation>
    </message>
    <message>
        <source>wants no reply</source>
        <translation>无需回复</translation>
    </message>
    <message>
        <source>Leg</source>
        <translation>程</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>From</source>
        <translation>起</translation>
    </message>
    <message>
        <source>To</source>
        <translation>止</translation>
    </message>
    <message>
        <source>Working days</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>Basis, returns and end</source>
        <translation>依据、退单与结束方式</translation>
    </message>
    <message>
        <source> (assists)</source>
        <translation>（协办）</translation>
    </message>
    <message>
        <source>now</source>
        <translation>至今</translation>
    </message>
    <message>
        <source>{n} so far</source>
        <translation>至今 {n}</translation>
    </message>
    <message>
        <source>returned: {basis}</source>
        <translation>退单：{basis}</translation>
    </message>
    <message>
        <source>Add a file… (F7), or drop it here</source>
        <translation>添加附件… (F7)，或拖放到此处</translation>
    </message>
</context>
<context>
    <name>ticket</name>
    <message>
        <source>{n} wd left</source>
        <translation>剩 {n} 个工作日</translation>
    </message>
    <message>
        <source>{n} h left</source>
        <translation>剩 {n} 小时</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>剩 {n} 分钟</translation>
    </message>
    <message>
        <source>{n} wd over</source>
        <translation>超期 {n} 个工作日</translation>
    </message>
    <message>
        <source>{n} h over</source>
        <translation>超期 {n} 小时</translation>
    </message>
    <message>
        <source>{n} min over</source>
        <translation>超期 {n} 分钟</translation>
    </message>
    <message>
        <source>refusal to confirm</source>
        <translation>不予受理待审</translation>
    </message>
    <message>
        <source>extension to decide</source>
        <translation>延期待审</translation>
    </message>
    <message>
        <source>hold to decide</source>
        <translation>挂账待审</translation>
    </message>
    <message>
        <source>redo to decide</source>
        <translation>重办待审</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>‼ {title}</source>
        <translation>【急】{title}</translation>
    </message>
    <message>
        <source>contact, provisional</source>
        <translation>联系，暂定</translation>
    </message>
    <message>
        <source>contact</source>
        <translation>联系</translation>
    </message>
    <message>
        <source>provisional</source>
        <translation>暂定</translation>
    </message>
    <message>
        <source>Due {moment}</source>
        <translation>时限 {moment}</translation>
    </message>
    <message>
        <source>me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Taken by {name} since {time}</source>
        <translation>{name} 于 {time} 认领</translation>
    </message>
    <message>
        <source>{name} is writing here</source>
        <translation>{name} 正在此填写</translation>
    </message>
    <message>
        <source>{name} has it open</source>
        <translation>{name} 正在查看</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>: </source>
        <translation>：</translation>
    </message>
</context>
<context>
    <name>troubles</name>
    <message>
        <source>User or password is wrong, or the password&apos;s time is over; an administrator sets a new one.</source>
        <translation>用户名或密码错误，或密码已过期；请管理员重新设置。</translation>
    </message>
    <message>
        <source>The server does not admit this user from this desk; ask an administrator.</source>
        <translation>服务器不允许该用户从本席位登录，请联系管理员。</translation>
    </message>
    <message>
        <source>The server has no database of this name.</source>
        <translation>服务器上没有这个数据库。</translation>
    </message>
    <message>
        <source>Too many connections are open, on the server or for this user. Close a console, or wait.</source>
        <translation>服务器或该用户的连接数已满，请关闭一个控制台或稍候。</translation>
    </message>
    <message>
        <source>No server of this name is known; check its spelling.</source>
        <translation>找不到该名称的服务器，请检查拼写。</translation>
    </message>
    <message>
        <source>The server does not answer; check name, port and the network.</source>
        <translation>服务器没有应答，请检查名称、端口和网络。</translation>
    </message>
    <message>
        <source>The server offers no encrypted link, and none else is used outside this machine.</source>
        <translation>服务器不提供加密连接；除本机外不使用非加密连接。</translation>
    </message>
    <message>
        <source>The file of the certificate authority is missing; name the one your administrator gave.</source>
        <translation>缺少证书颁发机构文件，请填写管理员提供的文件。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired; an administrator must renew it. Do not go round it.</source>
        <translation>服务器证书已过期，须由管理员更新，请勿绕过。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate belongs to another name: it may be another server. Check the name.</source>
        <translation>服务器证书属于另一个名称，可能不是同一台服务器，请核对名称。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is signed by itself or by a stranger: it may be a false server.</source>
        <translation>服务器证书为自签名或由未知机构签发，可能是假冒服务器。</translation>
    </message>
    <message>
        <source>The settings ask for a link that is not verified; outside this machine it is refused.</source>
        <translation>设置要求使用未经验证的连接；除本机外一律拒绝。</translation>
    </message>
    <message>
        <source>The server is too old: PostgreSQL 15 or newer is needed.</source>
        <translation>服务器版本过旧，需要 PostgreSQL 15 或更新版本。</translation>
    </message>
    <message>
        <source>The database is older than this console; an administrator runs “liangdeng db upgrade”.</source>
        <translation>数据库比本控制台旧，请管理员执行“liangdeng db upgrade”。</translation>
    </message>
    <message>
        <source>This console is older than the database; install the new one.</source>
        <translation>本控制台比数据库旧，请安装新版本。</translation>
    </message>
</context>
</TS>
