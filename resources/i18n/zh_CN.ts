<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>ActionForm</name>
    <message>
        <source>Send  (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc puts it away and keeps what you typed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BoolEditor</name>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EndingBar</name>
    <message>
        <source>Only register</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished">清空</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only tickets my unit holds or assists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number or words  ( / )</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Held by unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Street, 管区 or grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
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
    <name>IntakeForm</name>
    <message>
        <source>urgent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>anonymous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keep secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wants no reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grid workers: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number → earlier tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>street, area, grid or landmark: Chinese, pinyin or initials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact spot, as told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>map code: lon,lat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chinese, pinyin or initials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty: the first words of the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only for a complaint about a unit: it will not see the ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel, kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished">地点</translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit complained about</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IntakePanel</name>
    <message>
        <source>Write down what the caller says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a place, or tick “no place”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number or an address is needed, or tick “anonymous”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it as longitude,latitude.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} · {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report is registered. Decide on its page where it goes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no grid near this position.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>IntakeSide</name>
    <message>
        <source>Who handles it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Likely the same matter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier tickets of this caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a category and a place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody named: to the coordinator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assisting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Basis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provisional: that year&apos;s notice is not out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None in the last 30 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>same place and class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>similar words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>merge into it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None.</source>
        <translation type="unfinished"></translation>
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
    <name>PageFiles</name>
    <message>
        <source>Add files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures, PDF, audio ({pattern})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is larger than 20 MB.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is neither a picture nor PDF nor audio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Also here: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>contacted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No clock runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>urgent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complex</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>designated, may not be returned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>secret caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refusal proposed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>extension asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hold asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>redo proposed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deadline provisional</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Action, ticket number, unit, place or view: 汉字, pinyin or initials</source>
        <translation>操作、工单号、单位、地点或视图：可输汉字、拼音或首字母</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>没有找到。</translation>
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
    <name>QueuePanel</name>
    <message>
        <source>No ticket matches this filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the tickets that came in while you were working (Shift+F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No link: as of {moment}, may be out of date</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RestoreBar</name>
    <message>
        <source>Take it up again  Ctrl+R</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unfinished report of {time}: {title}</source>
        <translation type="unfinished"></translation>
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
        <source>Remember the password in this desktop&apos;s keyring</source>
        <translation>将密码保存到本机密钥环</translation>
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
        <source>Database</source>
        <translation>数据库</translation>
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
        <source>95 of 100 of the last actions were done within this time.</source>
        <translation>最近的操作中百分之九十五在此时间内完成。</translation>
    </message>
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
        <source>p95 {ms} ms</source>
        <translation>p95 {ms} 毫秒</translation>
    </message>
    <message>
        <source>Notices: {count}</source>
        <translation>通知：{count}</translation>
    </message>
</context>
<context>
    <name>TicketPage</name>
    <message>
        <source>This ticket is not, or no longer, for your eyes.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>Saved view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished">视图</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as, shared with the district…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No saved view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} (shared)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the shared view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New name of the view</source>
        <translation type="unfinished"></translation>
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
        <translation>{name} 已于 {time} 修改此工单，请查看后再决定。</translation>
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
        <source>Triage, returns, extensions, holds, reviews and callbacks to do.</source>
        <translation>待办：分拣、退单、延期、挂账、审核与回访。</translation>
    </message>
    <message>
        <source>Why this deadline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List every counted day with its notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reveal the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show name and number once, with a reason that is registered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add pictures, PDF or audio to the ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer directly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer at once from the knowledge base or a stated basis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pass an emergency or a legal matter to its own channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propose to refuse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say why it is not accepted; a supervisor confirms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm the refusal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse with the notice to the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject the refusal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the proposal back to the operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge into another</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handle it together with another open ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give a merged ticket its own life back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept it; the unit is chosen later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send it to the responsible unit; the clocks start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dispatch to the coordinator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send it to the town when nobody is named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Special report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask a leader for an instruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instruct</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the unit and the day as a leader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return the special report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it back to be dispatched as usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set assisting units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the units that must help, and by when</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pass it to a unit below mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pass it to the unit above mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it back with the basis and the right unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept the return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it back to be dispatched again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse the return</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it with the unit, with the reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call a conference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring a disputed ticket before the units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Designate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the unit for good; it may not return it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the ticket for my unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign on behalf</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in the name of the unit, recorded as such</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record the contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record when and how the caller was contacted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write down a step of the work</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report progress and answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report a complex matter&apos;s progress and answer the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assist report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report what my unit contributed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for extension</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for more working days before the deadline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the extension</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grant the working days asked for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse the extension</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave the deadline as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask to stop the clock for an objective cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the clock until the review day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse the hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the clock run on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the clock run again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report what was done; the centre checks it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propose to end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask to end it without a solution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End it as proposed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the feedback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the caller be called back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close without callback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close it where no callback is due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send back for rework</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send it back with the defect named</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Callback attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record a call nobody answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Callback result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record whether it is solved and how satisfied the caller is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close as unreachable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close it after enough attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propose a redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask that it is done again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send it back with a short deadline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse the redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Archive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it into the archive, read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Void</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out with a reason; nothing is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a follow-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a linked ticket for new facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep somebody with an interest away from it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished">提示</translation>
    </message>
    <message>
        <source>Write a remark into its history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Amend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct title, category, place or urgency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refresh the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the list again; struck rows go, the selection stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show new tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the tickets in that came while you were working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the text filter; in the table also with /</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the selected ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its page; in the table also with Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the first ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the first row; in the table also with Home</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the last ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the last loaded row; in the table also with End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all open tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the open queue without any filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show overdue tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the open tickets with a red light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show tickets due soon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the open tickets with a yellow light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show my unit&apos;s tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the open tickets my unit holds or assists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all tickets, the newest first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>columns</name>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished">地点</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open at</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desks</name>
    <message>
        <source>To sign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Came back to me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extension or hold asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On hold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I assist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered, being checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To dispatch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returns to judge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refusals to confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extensions to decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Holds to decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feedback to review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Callbacks to make</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redos to decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Special reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To archive</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>due_card</name>
    <message>
        <source>Contact with the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handling and answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Provisional: the notice of that year is not published yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start (day not counted)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>day {n}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>duties</name>
    <message>
        <source>Operator</source>
        <translation>受理派单</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Handling unit</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Mediation clerk</source>
        <translation>调解</translation>
    </message>
    <message>
        <source>Shift supervisor</source>
        <translation>值班长</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>督查</translation>
    </message>
    <message>
        <source>Leader</source>
        <translation>领导</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
</context>
<context>
    <name>events</name>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>fields</name>
    <message>
        <source>Answer to the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assisting units</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Basis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the caller says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By when</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objective cause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complex matter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller contacted at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be done by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason to end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explained to the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Main ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes of the conference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent to the wrong unit by the centre</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished">提示</translation>
    </message>
    <message>
        <source>Notice to the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished">地点</translation>
    </message>
    <message>
        <source>Number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report to the leader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start the contact clock anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person who withdraws</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right unit, as you see it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forwarded to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller has been told</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished">单位</translation>
    </message>
    <message>
        <source>Working days</source>
        <translation type="unfinished"></translation>
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
        <source>This request key was used for something else.</source>
        <translation>此请求编号已用于其他操作。</translation>
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
        <translation>只有值班长、督查或领导可以让他人回避。</translation>
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
        <translation>仅在派单错误时，受理员才可同意退单。</translation>
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
        <source>This category is not on the list of what a community may be sent.</source>
        <translation>此类别不在可派社区的事项清单内。</translation>
    </message>
    <message>
        <source>A ticket is handed down only to a unit below its handler.</source>
        <translation>工单只能下转给承办单位的下级单位。</translation>
    </message>
    <message>
        <source>The handling unit has no town above it.</source>
        <translation>承办单位没有上级街镇。</translation>
    </message>
    <message>
        <source>Only a town hands a ticket up to the centre.</source>
        <translation>只有街镇可以将工单上交中心。</translation>
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
        <translation>主工单必须是另一张未办结且未被合并的工单。</translation>
    </message>
    <message>
        <source>Other tickets are merged into this one.</source>
        <translation>已有其他工单并入此工单。</translation>
    </message>
    <message>
        <source>The main ticket is not answered yet.</source>
        <translation>主工单尚未答复。</translation>
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
        <source>The citizen has been answered already.</source>
        <translation>已经答复来电人。</translation>
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
        <source>The contact with the citizen is not recorded.</source>
        <translation>尚未记录与来电人的联系。</translation>
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
        <source>Only the desks of the centre and the handling unit may see who called.</source>
        <translation>只有中心和承办单位可以查看来电人信息。</translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged into this ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Linked tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who held it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind and category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
        <translation type="unfinished">地点</translation>
    </message>
    <message>
        <source>no place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Channel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handling unit</source>
        <translation type="unfinished">承办单位</translation>
    </message>
    <message>
        <source>Assisting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit complained about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Registered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dispatched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contacted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Returns · reworks · extensions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Callback</source>
        <translation type="unfinished">回访</translation>
    </message>
    <message>
        <source>anonymous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asks for secrecy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wants no reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leg</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished">单位</translation>
    </message>
    <message>
        <source>From</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a file… (F7), or drop it here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ticket</name>
    <message>
        <source>{n} wd left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} wd over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refusal to confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>extension to decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hold to decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>redo to decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>‼ {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>contact, provisional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>provisional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Due {moment}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>: </source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
