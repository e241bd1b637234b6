<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>refusals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refusals</source>
        <comment>None of your duties may do this.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <comment>The server cannot be reached or is busy. It is not your fault; what you typed is kept.</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <comment>The console made a mistake ({kind}). It is written down; you can go on.</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
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
    <name>Session</name>
    <message>
        <source>The server cannot be reached. What you sent is kept and goes out by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A kept entry has now reached the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drafts cannot be written to this disk. They are kept while the console runs.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Somebody changed this ticket first. Look at it and decide again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} changed this ticket at {time}. Look at it and decide again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The field “{field}” cannot be accepted: {problem}.</source>
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
        <translation type="unfinished"></translation>
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
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notice to the caller</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place</source>
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
        <translation type="unfinished"></translation>
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
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not known here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not of the right type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such entry in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is out of range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it lies in the past</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it lies in the future</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is too far away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there are too many</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>something is named twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not a date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is not a whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it contains a control character</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>refusals</name>
    <message>
        <source>This login belongs to nobody who works here now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of your duties may do this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This login may not report for this source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such ticket for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody changed the ticket in the meantime.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This request key was used for something else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ticket is not in a state that allows this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ticket already has a later event.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have withdrawn from this ticket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only a supervisor, inspector or leader may withdraw somebody else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your unit does not hold this ticket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your unit does not assist with this ticket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A designated unit may not return the ticket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time for returning the ticket has passed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An operator may accept a return only when the ticket was misdirected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This unit does not take tickets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unit complained about may not receive or assist with the ticket.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This category is not on the list of what a community may be sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A ticket is handed down only to a unit below its handler.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The handling unit has no town above it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only a town hands a ticket up to the centre.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The unit above is the unit complained about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The handling unit cannot assist itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ticket has no place whose coordinator is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The coordinator of the place is the unit complained about.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The main ticket must be another open ticket that is not merged itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other tickets are merged into this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The main ticket is not answered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A request is already pending.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No refusal is proposed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No extension is asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No hold is asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No redo is proposed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The due moment has passed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The citizen has been answered already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A second or long extension is for the centre leader.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A first, short extension is for the shift supervisor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The review day of the hold has not come.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only a complex or extended ticket may be answered by a progress report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The contact with the citizen is not recorded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No callback is required.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A callback is required.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No end of handling is proposed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An end of handling is proposed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too few callback attempts were made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is amended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ticket of this report is archived; report the new facts under a new number.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>spans</name>
    <message>
        <source>{n} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} working days left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h late</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} working days late</source>
        <translation type="unfinished"></translation>
    </message>
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
