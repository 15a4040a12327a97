"""Our own sentences: what people say to a task manager and the public data does not have.

The public data knows shopping lists, calendars and reminders, said to a speaker in a kitchen. It has no plain to-do lines
("gym tue", "send invoice by friday"), nothing is completed, changed, snoozed or undone in it. These templates say such things;
`lines(random)` fills them. Adding a way to say something is adding a line here and training again.
"""

CHORES = """buy milk|buy oat milk and bread|buy ginger ale|call mom|call the dentist|call Anna back|ring the bank|text Priya|ping Ruth|email the landlord
email figures to Zoe|write to grandma|reply to the thread from Gus|send invoice|send the contract to legal|send flowers|post the parcel|mail the tax form
pay rent|pay the water bill|pay the electricity bill|pay phone bill|pay back Tom|transfer money to Lena|renew passport|renew insurance|renew domain
cancel the gym membership|cancel the free month|cancel hotel booking|book flights|book a table|book the venue|book hotel in Lisbon|reserve a car
schedule an tire change|schedule checkup|make dentist appointment|make a cake|make soup|make bed|make backup|cook dinner|bake bread|prep lunches|order pizza
order checks|order new glasses|order toner|return the borrowed drill|return the shoes|pick up the kids|pick up dry cleaning|pick up parcel|drop off the suit
drop car at garage|wash the car|wash windows|clean the kitchen|clean bathroom|clean out the fridge|vacuum|mop floors|tidy the hallway|do laundry|do the dishes|do taxes
take out the trash|take iron pills|take medicine|take the bins out|take photos for passport|walk the dog|feed the cat|feed fish|water plants|water the garden
mow the lawn|rake leaves|prune roses|repot the cactus|fix search bug|fix the tap|fix bike|repair the fence|replace air filter|replace the lightbulb|change the sheets
change the watch battery|change oil|change password|check tire pressure|check the mail|check in for flight|check smoke alarms|turn off the sprinkler|turn on the heating
switch the tires|move the piano|move money to savings|move boxes to the attic|remove wallpaper|remove old posters|delete old photos|clear the gutters|clear out the garage
update the website|update resume|update the drivers|rename the branch|finish report|finish the slides|finish book|complete the survey|complete tax papers|close bank account
close the ticket|review pull request|review the notes|review contract|read Emma|read chapter 5|read the paper|watch Twelve Angry Men|watch the lecture|listen to the podcast
learn the 5 scales|learn spanish|learn to count in Finnish|study for the exam|study chemistry|practice piano|practice guitar|write blog post|write thank you notes|write essay
draft the proposal|draft agenda|prepare slides|prepare for the interview|plan the trip|plan birthday party|plan sprint|research laptops|research schools|find a plumber
find my keys|look up train times|ask Ben about the budget|ask boss for a raise|tell Sam about friday|tell mom the news|talk to HR|talk to the teacher|meet Hal|meet with the lawyer
meeting with Ines|meeting with the team|lunch with Sara|coffee with Jo|dinner with the Smiths|dinner at luigi's|drinks with Pat|standup|backlog grooming|team sync|sales call|one on one with Dana
retro|dentist|doctor|haircut|physio|therapy|vet for Luna|yoga|gym|run 5k|swim|hike|bike ride|football practice|choir|church|concert|theatre tickets|movie night|date night
dad's birthday|Nia's birthday|anniversary|wedding of Tom and Ada|baby shower|graduation|parents evening|train to Oslo|flight to Berlin|flight home|hotel checkout|tire change|car inspection
flu shot|blood test|eye exam|pushups|stretch|meditate|journal|drink tea|sleep early|monthly review|timesheets|expenses|submit the timesheet|submit homework|submit the application|file taxes
sign the lease|sign up for class|register for the race|vote|donate blood|donate clothes|print 20 flyers|print boarding pass|scan receipts|pack for the trip|pack lunch|unpack boxes|charge the camera
reboot server|sort photos|deploy|deploy the new build|release v2.1|restart the router|install Debian 13|install updates|test the backup|merge the branch|set up the printer|set up meeting room
set the table|set an alarm for the flight|get groceries|get gas|get eggs|get new tires|get the car washed|bring cake to work|bring umbrella|give Leo his present|wrap gifts|hang the pictures
paint the fence|assemble the shelf|measure the window|sell the old bike|visit grandma|visit the museum|invite the neighbours|thank Eva|congratulate Lou|apologize to Mia|confirm the appointment
follow up with the client|follow up on the offer|prepare tax documents|show apartment to Ivan|show Kim the demo|help Jonas move|help mom with the computer|load the dishwasher|start thesis
stop by the pharmacy|stop subscription|try the new recipe|use up the gift card|unsubscribe from newsletter|go to the bank|go shopping|go for a run|leave for the airport|milk|eggs|bread and butter
groceries|laundry|taxes|homework|rent|trash|presents|batteries|toilet paper|car wash|the permit|headshots|tax papers|the draft|project report|quarterly numbers|chapter two|slides for monday
note to landlord|list the flat on the market|list pros and cons|play tennis with Raj|play chess with dad|remember the milk|snooze less|undo the top screw|search for cheap flights|open a savings account
print tickets|call June about the april fair|buy a map update|cough syrup|ear drops|open mail|why we sleep: read it|who pays for lunch? ask Dee|what to cook: decide|how to knit: watch video""".replace("\n", "|").split("|")

WHENS = """today|tomorrow|tonight|monday|tue|on wednesday|next friday|by friday|this weekend|next week|next month|on the 3rd|dec 14|24.12.|31/12|on march 1|2026-12-18|by end of month|eod
at 5|at 7pm|at noon|17:00|tomorrow 9am|tomorrow morning|friday 3pm|mon 8:30|thu 26 nov 11am|in 20 minutes|in an hour|in 3 days|in two weeks|tomorrow at 5 pm|at quarter past 3|tonight at 9|before lunch
tuesday evening|by tomorrow|next tue|thrusday|tommorow""".replace("\n", "|").split("|")

RULES = """every day|daily|every morning|every monday|every mon, wed and fri|every weekday at 9|weekly|every 2 weeks|biweekly|every month|monthly|every month on the 1st|every year|every tuesday at 7pm|every 3 days
every last friday of the month|fridays at 4pm|yearly|every other week|every 4 hours""".replace("\n", "|").split("|")

EXTRAS = "!high|!low|p1|p2|#family|#work|+shop|#errands #home|@work|@home|project:garden|for 30 minutes|remind me 15 minutes before|with a reminder at 8|// see mail|!urgent #finance".split("|")
TOPICS = """roadside assistance|wifi password|tax bracket|blood type|data plan|horoscope|phone number|insurance coverage|hair color|car model|zip code|street address|family tree|bmi|shoe size|favorite team
the bond market|the moon landing|bitcoin|world war two|climate change|chess rules|python programming|the olympics|inflation|the speed of light|photosynthesis|dinosaurs|the election|my horoscope
a good movie|a cheap phone|the best laptop|a quiet cafe|a sushi place|brunch spots|a gift idea|a pasta recipe|a vegan burger|a yoga studio|a used car|good running shoes|cheap hotels in rome|a babysitter
work hours|vacation policy|health benefits|salary|commute|office hours|class ranking|grades|gym opening hours|neighbours|followers|contacts|photos|songs|podcasts|playlists|emails|messages|voicemail|apps
screen lock|volume|brightness|ringtone|wallpaper|language|accent|thermostat|the coffee machine|the fan|the tv|the lamp|bluetooth|notifications from facebook|news alerts|traffic alerts|weather alerts""".replace("\n", "|").split("|")
EVENTS = """meeting|meeting with joe|meeting with my boss|meetings|appointment|doctor's appointment|dentist appointment|haircut appointment|lunch with sara|dinner with mom|party|birthday party
sam's birthday|mom's birthday|wedding|concert|hockey game|football match|movie|conference|interview|event|events|brunch|graduation|anniversary|class|exam|trip|flight|holiday|baby shower
picnic|doctor visit|business lunch|conference call|team meeting|staff meeting|yoga class|date with liz|vacation|festival|show|bill payment|car payment|service appointment|next event|next meeting
next appointment|first meeting|last event|event called party""".replace("\n", "|").split("|")
LISTS = """list|to do list|todo list|to-do list|task list|shopping list|grocery list|christmas list|packing list|work list|list of chores|list of tasks|reminder list|reminders list|list of reminders
calendar|schedule|agenda|diary|planner|kitchen list|bucket list|wish list|chore list|lists|reminders|to dos|party list|guest list""".replace("\n", "|").split("|")
SPOKEN = """on march twenty first|on december fourth|on the twelfth|on the third|tomorrow at nine am|at five pm|at two thirty pm on friday|next tuesday|this weekend|this week|next month|today|tomorrow
tonight|this afternoon|this evening|on june seventh|for today|for tomorrow|in two hours|for next week|on monday the twentieth|for the month of may|at noon|before friday|the day before|now|on saturday at three
between two and four pm|every monday|every day at noon|every year|for the rest of the day|between february one and march sixteen|in the morning|next monday|for thursday""".replace("\n", "|").split("|")
ITEMS = """milk|eggs|bread|apples|sweet potatoes|paper towels|a wrist watch|batteries|shampoo|pastries|bananas|this|it|an item|new item|a pencil|bob|item three|the second item|the first item|pepper|that|laundry|mopping
cleaning the bathroom|grocery shopping|feeding the cat|lawn mowing|doing the dishes|vacuuming|dusting|pick up dry cleaning""".replace("\n", "|").split("|")
PRIOS = "high|low|medium|urgent|p1|high priority|low priority|top priority|urgent priority".split("|")
PROJECTS = "work|home|garden|the renovation|@work|#family|+renovation|school|finance|project apollo|tag errands".split("|")
PLEASE = ["", "", "", "", "please ", "can you ", "could you please ", "i want to ", "hey ", "ok ", "i'd like to "]

TEMPLATES = {
    "todo": """{t}
{t}
{t} {w}
{t} {w}
{t} {w}
{w} {t}
{w}: {t}
{t} {w} {x}
{t} {x}
{x} {t} {w}
{t} {x} {w}
{t} {r}
{t} {r}
{r} {t}
{t} {r} {x}
{t} {w} {x} {x}
{t} and {t} {w}
{t}, {t}, {t}
need to {t}
have to {t} {w}
i have to {t} {w}
i need to {t} {w}
i must {t}
don't forget to {t}
don't forget {t} {w}
remember to {t} {w}
todo: {t} {w}
todo {t}
task: {t}""",
    "create_task": """add {t}
add {t} {w}
add {t} to my list
add {t} to my tasks
add {t} {w} to my to-do list
add a task to {t} {w}
add task {t}
add task: {t} {w} {x}
add a new task: {t}
add todo {t}
new task {t} {w}
new task: {t}
new todo: {t} {x}
create a task to {t} {w}
create task {t}
create a todo for {t}
make a task to {t} {w}
make a note to {t}
note: {t}
put {t} on my list
put {t} on my todo list {w}
jot down {t}
write down: {t}
note down {t} {w}
i need a task for {t} {w}
schedule {t} {w}""",
    "set_reminder": """remind me to {t} {w}
remind me to {t}
remind me about {t} {w}
remind me of {t} {w}
remind me {w} to {t}
reminder: {t} {w}
reminder {t} {w}
reminder to {t} {w}
set a reminder to {t} {w}
set a reminder for {t} {w}
set reminder {w} {t}
create a reminder for {t} {w}
add a reminder to {t} {w}
{w} remind me to {t}
i need a reminder to {t} {w}
alert me {w} about {t}
notify me {w} to {t}
ping me {w} to {t}
nudge me about {t} {w}
don't let me forget to {t} {w}
make sure i {t} {w}""",
    "create_recurring": """set up a recurring task to {t} {r}
create a recurring task {t} {r}
add a recurring task: {t} {r}
new recurring task {t} {r}
create a repeating task to {t} {r}
make a repeating todo {t} {r}
make {t} recurring
make {t} repeat {r}
make the {t} task repeat {r}
repeat {t} {r}
repeat the {t} task {r}
schedule {t} as a recurring task {r}
set {t} to repeat {r}
recurring: {t} {r}""",
    "list_tasks": """list
list tasks
list my tasks
list all tasks
list everything due {w}
list tasks in {j}
list overdue tasks
show tasks
show my tasks
show me my tasks
show my tasks for {w}
show all {p} tasks
show me everything due {w}
show {j} tasks
show what i have to do {w}
show my {j} tasks
show all i completed this month
show completed tasks
show me what is overdue
show my agenda
show my list
what's next
what is next
what's due {w}
what is due {w}?
what is due this week
what's overdue
what is on my plate {w}
what do i have {w}
what do i need to do {w}
what do i have to do {w}
what's left
what is left for {w}
what's left in {j}
what should i do next
what should i work on
what did i finish yesterday
what did i do last week
what have i completed today
what are my tasks
what are my {p} tasks
what tasks do i have {w}
what's planned for {w}
what's on {w}
what's coming up
whats up for {w}
which tasks are {p}
which tasks are overdue
which tasks are due {w}
which tasks are in {j}
how many tasks are left
how many tasks are left in {j}
how many open tasks do i have
how many things are due {w}
anything due {w}
anything due {w}?
anything left for {w}
anything overdue
any tasks for {w}
any {p} tasks
is there anything due {w}
is anything overdue
do i have anything due {w}
do i have tasks {w}
do i need to {t} {w}
am i done for today
when is {t} due
when is {t}
when do i have to {t}
when do i have to {t}?
when's {t} due
find tasks about {t}
find {t} task
search tasks for {t}
search for {j} tasks
look for tasks in {j}
my tasks
my tasks for {w}
my agenda
my open tasks
tasks
tasks for {w}
tasks due {w}
tasks in {j}
{p} tasks
overdue
overdue tasks
overdue tasks in {j}
open tasks
agenda
agenda for {w}
give me my tasks for {w}
give me an overview of {w}
tell me what is due {w}
tell me my tasks
display my tasks
read me my tasks""",
    "complete_task": """done with {t}
i'm done with {t}
i am done with the {t} task
{t} is done
{t} done
{t}: done
the {t} task is done
{t} is finished
{t} is completed
done: {t}
done {t}
did {t}
finished {t}
i finished {t}
i've finished {t}
i have finished the {t} task
finish {t} task
finish the {t} task
i did {t}
i already did {t}
i just did {t}
i've done {t}
just finished {t}
complete {t} task
complete the {t} task
complete task {t}
completed {t}
completed the {t} task
i completed {t}
i have completed {t}
mark {t} as done
mark {t} done
mark {t} as completed
mark {t} complete
mark {t} as finished
mark the {t} task as done
mark the {t} task complete
set {t} to done
set {t} as done
set the {t} task to completed
check off {t}
check {t} off
check {t} off my list
tick off {t}
tick {t} off
tick the {t} task off
cross off {t} as done
close the {t} task
close task {t}
close out {t}
resolve {t} task
{t} has been done
i took care of {t}
that's done: {t}
mark all tasks for {w} as done
complete all tasks due {w}
mark everything as done
mark it as done
it's done
i'm finished with {t}""",
    "update_task": """move {t} to {w}
move {t} {w}
move the {t} task to {w}
move {t} from monday to {w}
move the due date of {t} to {w}
push {t} to {w}
push {t} back to {w}
push back {t} by 2 days
push {t} by a week
postpone {t} to {w}
postpone {t} until {w}
postpone {t} by 2 days
postpone {t} by one week
postpone the {t} task
delay {t} until {w}
delay {t} by a day
defer {t} to {w}
put off {t} until {w}
put {t} off to {w}
reschedule {t} to {w}
reschedule {t} for {w}
reschedule the {t} task
bring {t} forward to {w}
change {t} to {w}
change the {t} task to {w}
change the due date of {t} to {w}
change due date of {t} to {w}
change the date of {t} to {w}
change the time of {t} to {w}
change priority of {t} to {p}
change the priority of {t} to {p}
change the title of {t} to {t}
change project of {t} to {j}
set the due date of {t} to {w}
set due date of {t} to {w}
set priority of {t} to {p}
set the priority of {t} to {p}
set {t} to {p}
set {t} to {p} priority
set {t} due {w}
make {t} {p}
make {t} {p} priority
make {t} due {w}
make the {t} task {p}
make {t} an urgent task
prioritize {t}
raise the priority of {t}
lower the priority of {t} to {p}
bump {t} to {p}
bump {t} to {w}
mark {t} as {p}
mark {t} as {p} priority
mark {t} as urgent
flag {t} as urgent
rename {t} to {t}
rename the {t} task to {t}
rename task {t} to {t}
call {t} {t} instead
tag {t} with #work
tag {t} as errands
tag {t} #family
add tag work to {t}
add the tag work to {t}
add #home to {t}
untag {t}
move {t} to {j}
move {t} to project {j}
move {t} into {j}
put {t} in {j}
put {t} into project {j}
assign {t} to {j}
update {t} to {w}
update the {t} task
update task {t} {w}
update {t} priority to {p}
edit {t}
edit the {t} task
modify {t} {w}
shift {t} to {w}
{t} is now {w}
{t} is due {w} instead
{t} moved to {w}
add a note to {t}: bring papers
remove the due date from {t}
clear the due date of {t}
remove tag work from {t}""",
    "snooze": """snooze {t}
snooze {t} for 1 hour
snooze {t} for 10 minutes
snooze {t} until {w}
snooze {t} till {w}
snooze {t} to {w}
snooze the {t} task for a day
snooze the {t} reminder
snooze {t} reminder for 1 hour
snooze it
snooze it for an hour
snooze for 15 minutes
snooze that until {w}
snooze all reminders""",
    "delete_task": """delete {t}
delete the {t} task
delete {t} task
delete task {t}
delete my {t} task
delete the task {t}
delete the task to {t}
delete all tasks
delete all tasks in {j}
delete all completed tasks
delete everything due {w}
delete the reminder for {t}
remove {t} task
remove the {t} task
remove task {t}
remove {t} from my list
remove {t} from my tasks
remove {t} from the todo list
remove all tasks for {w}
remove all done tasks
remove the reminder to {t}
trash {t} task
trash the {t} task
cancel the {t} task
cancel task {t}
cancel {t} {w}
cancel my {t} task
cancel the reminder about {t}
drop {t} task
drop the {t} task
drop {t} from my list
scrap the {t} task
discard the {t} task
get rid of {t}
get rid of the {t} task
throw away the {t} task
erase {t} from my list
erase the {t} task
clear the finished tasks
clear my list
clear all my tasks for {w}
clear everything
take {t} off my list
take {t} off the list
cross {t} off my list
strike {t} from my list
i don't need to {t} anymore
i no longer need to {t}
forget about {t}
forget the {t} task
never mind about {t}
wipe my list""",
    "calendar_list": """what is on my {l}
what's on my {l}
what's on the {l}
what is on my {l} {s}
what's on my {l} {s}
what items are on my {l}
what do i have on my {l} {s}
what else is on my {l}
what is left on the {l}
what is missing on my {l}
is there anything on my {l} {s}
is there anything else on the {l}
anything on my {l} {s}
do i have anything on my {l} {s}
do i have {i} on my {l}
is {i} on my {l}
are {i} on my {l}
did i put {i} on the {l}
did i add {i} to my {l}
did you add {i} to my {l}
have i put {i} on my {l} already
have i added the {e} to my {l}
is the {e} on my {l}
is my {e} on my {l} {s}
read my {l}
read me my {l}
read my {l} to me
read out my {l}
say my {l}
open my {l}
find my {l}
find the {l}
pull up my {l}
bring up my {l}
check my {l}
check my {l} {s}
check what is on my {l}
show my {l}
show me my {l}
show me the {l} {s}
show {l}
display my {l}
give me my {l} {s}
tell me my {l}
tell me what is on my {l}
repeat my {l}
look at my {l}
go over my {l}
i need to know what is on my {l}
i want to hear my {l}
i want to see my {l}
my {l}
{l}
what {l} do i have
what are my {l}
which lists do i have
how many items are on my {l}
how many {e} do i have {s}
how many meetings are there {s}
how busy am i {s}
am i free {s}
am i busy {s}
do i have plans {s}
do i have any {e} {s}
do i have a {e} {s}
do i have {e} {s}
have i got any {e} {s}
is there a {e} {s}
is the {e} {s}
are there any {e} {s}
any {e} {s}
any special events {s}
what {e} do i have {s}
what {e} are coming up
what is my {e} {s}
what are my {e} {s}
what are my next {e}
what are my next three meetings
what are my plans {s}
what is the plan {s}
what's the plan {s}
what is planned {s}
what am i doing {s}
what do i have planned {s}
what do i have going on {s}
what is going on {s}
what's happening {s}
what is happening {s}
what is scheduled {s}
what have i got {s}
what does my day look like {s}
what does my {l} look like {s}
what meetings happened {s}
when is the {e}
when is my {e}
when is my next {e}
when are my {e}
when does the {e} start
when is the {e} going to start
when do i have to be at the {e}
when do i meet joe
what time is my {e}
what time is the {e}
what time is my next {e}
what time does the {e} start
what time does the {e} begin {s}
at what time is my {e} {s}
at what time does the {e} begin
where is my {e}
where is the {e} {s}
who is coming to the {e}
who will be at the {e} {s}
how long is the {e}
tell me about my {e} {s}
tell me about the {e}
tell me my {e} {s}
show me my {e} {s}
show my {e}
list my {e}
list all {e} {s}
list the items on my {l}
give me the details of the {e}
details of the {e}
more about the {e}
upcoming {e}
my {e} {s}
is it anyone's birthday {s}
what should i remember {s}
what was i going to remember
what were the things i wanted to remember
what did i ask you to remind me of
what are you meant to remind me about
what are you going to remind me of
what reminders do i have {s}
do i have reminders {s}
do i need to pick up anything {s}
do i need to buy {i}
do i have to buy {i}
am i supposed to buy {i}
am i supposed to be anywhere {s}
do i have to be anywhere {s}
what do i need from the store
what do i have to buy
i can't remember if i added {e} to my {l}""",
    "calendar_add": """add {i} to my {l}
add {i} to the {l}
add {e} to my {l} {s}
add {e} to my calendar
add a {e} {s}
add {e} {s}
put {i} on my {l}
put {i} on the {l}
put {e} on my {l} {s}
insert {i} in my {l}
include {i} in the {l}
place {i} on my {l}
i need {i} on my {l}
i want to add {i} to my {l}
i need to add {e} to my {l} {s}
create a {l}
create a new {l}
create a {l} for the party
make a {l}
make a new {l}
make a list of things to buy
make a list for the trip
start a {l}
start a new {l}
begin a {l}
new {l}
help me start my {l}
add a list of things to do
write {i} on my {l}""",
    "calendar_remind": """set a {e} {s}
set {e} {s}
set up a {e} {s}
schedule a {e} {s}
schedule {e} {s}
book a {e} {s}
make a {e} {s}
create a {e} {s}
create an event {s}
create a calendar event for {e}
make an event for {e} {s}
plan a {e} {s}
arrange a {e} {s}
mark my calendar for {e} {s}
mark {s} as a holiday
mark the {e} in my calendar
block my calendar {s}
set a reminder {s}
set a reminder for {e} {s}
set a reminder about the {e}
set a notification for {e}
set a notification for {e} {s}
set a repeating reminder {s}
set an event {s}
remind me of {e} {s}
remind me about {e}
remind me about my {e} {s}
remind me {s} about the {e}
remind me of the {e} {s}
remind me that i have {e} {s}
remind me two days before {e}
remind me one hour before {e}
remind me a week before {e}
remind me before my {e}
remind me the day before {e}
remind me {s}
remind me to buy {i}
remind me of this {s}
remind me when it is time for {e}
notify me before {e}
notify me about {e} {s}
alert me before the {e}
alert me about my {e}
let me know before my {e}
let me know when it's time for {e}
let me know when {e} starts
let me know {s} that i have {e}
wake me up for my {e} {s}
i have a {e} {s}
i have {e} {s}
i have {e} {s} remind me
i have a {e} {s}, set a reminder
i have a {e} {s} send me a reminder
i'm going to {e} {s}, remind me
i need to go to {e} {s}
i need a reminder for {e} {s}
i need to be reminded of {e}
i want to go to the {e} {s}
send a calendar invite for {e} {s}
invite anna to the {e} {s}
send invites for the {e}
next {e} {s} is at the office
new event {e} {s}
new meeting {s}
make {s} a repeating appointment
repeat {e} every week""",
    "calendar_delete": """remove {i} from my {l}
remove {i} from the {l}
remove {i} from {l}
delete {i} from my {l}
delete {i}
remove {i}
take {i} off my {l}
take {i} off the {l}
take {i} out of the {l}
cross {i} off my {l}
cross off {i} from my {l}
scratch {i} from my {l}
strike {i} off the {l}
erase {i} from my {l}
drop {i} from the {l}
get rid of {i}
get rid of {i} on my {l}
i don't need {i} anymore
i don't want {i} on the {l}
delete the {l}
delete my {l}
remove the {l}
remove my {l}
remove a list
delete a list
get rid of the {l}
get rid of one of my lists
throw away my {l}
clear my {l}
clear the {l}
clear {l}
clear my {l} {s}
clear out my {l}
clean my {l}
clean up the {l}
empty my {l}
empty the {l}
reset my {l}
wipe my {l}
format the {l}
make my {l} blank {s}
clear everything {s}
take everything off my {l}
remove everything from the {l}
delete everything on my {l}
delete all items on my {l}
delete all my {e} {s}
delete the {e} {s}
delete my {e} {s}
delete my {e}
delete {e} {s}
delete the {e} from my calendar
delete all {e}
delete all events with joe
remove the {e} {s}
remove my {e} {s}
remove {e} from my {l}
remove {e} {s}
remove all {e}
cancel my {e} {s}
cancel the {e}
cancel all my {e}
cancel {e} {s}
cancel my plans {s}
cancel everything {s}
erase the {e} {s}
erase my {e}
erase all {e}
get rid of the {e} {s}
get rid of all {e}
drop the {e} {s}
i want to remove {i} from {l}
i need to cancel my {e}
i need to delete the {e}
if there is a {e} {s} remove it
the {e} needs to be off my {l}
free up my {l} {s}
how do i remove this {e}
what is the best way to delete this {e}""",
    "undo": """undo
undo that
undo it
undo this
undo the last one
undo the last change
undo last command
undo my last action
undo the last 2 changes
undo everything i just did
undo the delete
undo deleting {t}
undo the last delete
undo please
take that back
take it back
revert that
revert the last change
revert
roll back the last change
go back
oops, undo
oops undo that
oops
no, undo
put it back
bring it back
that was wrong, undo it
i didn't mean that
i did not mean to do that
reverse that
reverse the last change
cancel that last change
restore what i deleted
never mind, undo that
ctrl z""",
    "help": """help
help me
help please
show help
what can i say
what can you do
what can i ask
what can i do here
what can i type
what commands are there
what commands do you have
which commands do you know
list commands
list all commands
show me the commands
show commands
how does this work
how do i use this
how do i use tasks
how does this program work
how do i add a task
how do i delete a task
how do i complete a task
how do i mark a task as done
how do i set a reminder
how do i undo
how do i change the due date
how do i list tasks
how do i make a recurring task
how can i add a task
how can i snooze a reminder
how to add a task
how to delete a task
how to use this
how to add tags
usage
instructions
i need help with tasks
give me help
i don't know what to do here
manual
show me the manual
show examples
give me some examples
what does snooze do
explain the commands
tell me how to use this
tell me what you can do""",
    "none": """how to {t}
how to {t}
how do people {t}
how long does it take to {t}
how much does it cost to {t}
how often should i {t}
why do i have to {t}
why should i {t}
what happens if i {t}
what is the best way to {t} without tools
what do i need to {t}
where can i {t}
who can {t}
who knows how to {t}
is it safe to {t}
is it hard to {t}
is it legal to {t}
can i {t} myself
can dogs {t}
may i {t}
would you ever {t}
do you like to {t}
did you {t}
have you ever had to {t}
my friend had to {t}
do i have {o}
do i have {o}
do i need {o}
do you have {o}
do you know {o}
what is my {o}
what are my {o}
what are my {o} {s}
what's my {o}
what is {o}
what is the {o} {s}
what's new with {o}
how is {o}
how does {o} work
how do i change {o}
how do i find {o}
how can i get {o}
how many {o} are there
tell me about {o}
tell me {o}
tell me my {o}
explain {o}
find {o}
find me {o}
look up {o}
search for {o}
show me {o}
give me {o}
i need {o}
i need some suggestions for {o}
i want {o}
i like {o}
i hate {o}
recommend {o}
suggest {o}
is {o} good
is {o} open {s}
is everything alright with {o}
are {o} available {s}
is there {o} near me
where is {o}
where can i buy {o}
who invented {o}
why is {o} so expensive
when was {o} made
change {o}
change my {o}
change the {o} to something else
can you change the {o}
set {o}
set {o} to low
set the {o} {s}
turn up {o}
turn off {o}
turn on {o} {s}
open {o}
close {o}
delete my {o}
remove {o} from my phone
play {o}
send {o} to joe
check {o}
check my {o}
update {o}
reset {o}
add {o} to my contacts
read my {o}
pause {o}
mute {o}
compare {o}
translate {o}
can you remind me what the capital of peru is
remind me how to boil an egg
remind me which bank i use
remind me who sings this song
open my contact list
show me my contacts
when is my flight supposed to land
when did i last change my tires
what should i have for dinner
what should i wear {s}
what do i owe on my car
what is my health plan
do i have any vacation days left
do i have any sick days left
who do you work for
what's up
how is everything
what can i make with {i}
how do i make {i}
how do i cook {i}
what am i listening to
what is the date {s}
what day is it {s}
i appreciate that
i don't know
i don't know about that
i can't answer that
rename yourself to bob
set the oven to 350
transfer 40 dollars from savings to checking
what's my mortgage payment this month
what did i spend {s}
when do classes start
what time does the store close
what time does the bank open {s}
what time does the train leave
what time does the pharmacy close {s}
when does the train to berlin leave
when was einstein born
when is the next train
when does the mall open
when did the war begin
what are the news {s}
what are the ingredients of pizza
what are the top songs
what is on tv {s}
what is on the radio
what is on the news
what is my balance
what is my credit score
what is my name
what is my location
what is the exchange rate
what is the traffic like {s}
what do i have in my bank account
do i have any messages
do i have new emails
do i have enough money
do i need an umbrella {s}
do i need a visa for japan
is it going to rain {s}
is it cold {s}
is the bank open {s}
are there any good restaurants nearby
are there any new emails
how many calories are in {i}
how many days until christmas
how much does {i} cost
how long does it take to cook {i}
did i get any emails {s}
did anyone email me
tell me about the weather {s}
tell me about einstein
tell me the news
tell me a fact
show me the news
show me pictures of cats
show me the weather {s}
list the best restaurants
find a restaurant nearby
find the nearest bank
check my email
check the weather {s}
check the news
read my email
read the news
read me a book
open the door
open spotify
close the app
switch yourself off
shut down
turn off the light
turn it down
stop
stop the music
start the vacuum cleaner
start the car
set the temperature to 20
set the lights to blue
set the alarm {s}
change the language to german
change the channel
change your voice
change the color of the lights
make me a coffee
make it louder
move to the next song
skip this song
add this song to my playlist
remove this song
delete my account
cancel my subscription
cancel the order
cancel my card
put on some music
order a pizza from the restaurant
order me a taxi
book a taxi
send an email to joe
reply to the email
notify me when the stock rises
notify me about new emails
notify me when there is news about brexit
let me know when the price of gold changes
let me know if it rains
divide 10 by 2
how do i cancel my card
how do i remove a stain
is everything ok
hello
hi there
hey
good morning
good night
thanks
thank you
thank you so much
thanks a lot
you are great
you're awesome
how are you
how are you today
how's it going
who are you
what are you
what is your name
are you a robot
are you human
i love you
i'm bored
i am tired
i feel sad
tell me a joke
tell me a story
sing a song
what's the weather
what's the weather {w}
will it rain {w}
what time is it
what day is it
what's the date {w}
what is 2 plus 2
who won the game
who is the president
why is the sky blue
where is the nearest gas station
how far is the moon
how old are you
how tall is everest
how do you say hello in french
how do i get to the station
how do i bake bread
what is the capital of france
when did the war end
play some music
play jazz
play the next song
turn the volume up
turn off the lights
turn on the radio
set the volume to 5
set an alarm for 7
set a timer for 10 minutes
lol
ok
okay
cool
nice
yes
no
maybe
bye
goodbye
see you later
sure
great
wow
haha
hmm
good job
well done
what
why
really?
is it cold outside
do you like pizza
do you know any good movies
can you sing
can you speak german
could you recommend a restaurant
i think you are funny
that's nice
what does serendipity mean
translate hello to spanish
how much is a dollar in euros
give me directions to the airport
what's your favorite color
what's up
asdf
the quick brown fox jumps over the lazy dog""",
}

# How many lines to draw from the templates of each label.
DRAWN = {"calendar_list": 1500, "calendar_add": 400, "calendar_remind": 900, "calendar_delete": 1200, "todo": 6000, "create_task": 700, "set_reminder": 500, "create_recurring": 350, "list_tasks": 900, "complete_task": 1100, "update_task": 1500,
         "snooze": 350, "delete_task": 900, "undo": 300, "help": 400, "none": 2200}
# Labels that only group templates.
LABEL = {"calendar_list": "list_tasks", "calendar_add": "create_task", "calendar_remind": "set_reminder", "calendar_delete": "delete_task"}


VERBS = """buy|get|order|fetch|collect|pick up|drop off|return|exchange|send|post|mail|ship|email|call|phone|ring|text|message|ping|reply to|respond to|answer|follow up on|ask about|chase
pay|transfer|renew|cancel|book|reserve|schedule|arrange|organize|plan|prepare|draft|write|edit|proofread|review|check|double check|verify|test|fix|repair|mend|replace|change|install|set up|configure
deploy|release|publish|upload|download|back up|print|scan|copy|sign|submit|file|hand in|finish|start|continue|clean|wash|tidy|dust|sweep|organise|sort|declutter|pack|unpack|move|carry|throw out
cook|bake|make|prep|freeze|defrost|water|plant|prune|feed|walk|groom|brush|train|study|learn|learn about|practice|read|watch|listen to|research|look into|look up|find|compare|choose|decide on|measure
paint|build|assemble|hang|mount|sell|donate|give away|recycle|lend|borrow|wrap|decorate|visit|meet|see|invite|thank|congratulate|talk to|speak with|discuss|present|attend|join|apply for|register for|update
refill|top up|charge|drain|oil|inspect|insure|register|vote on|translate|summarize|outline|record|rehearse|memorize|count|weigh|try|bring|take|hand over|delegate|approve|merge|refactor|debug|document""".replace("\n", "|").split("|")
NOUNS = """the report|the car|the bike|the garden|the kitchen|the invoice|the invoices|invoice 4711|the contract|the proposal|the slides|the deck|the budget|the roadmap|the ticket|the bug|the server|the website|the backup
the new phone|the laptop|the printer|the router|the heating|the boiler|the roof|the fence|the shelf|the lamp|the sofa|the curtains|the dog|the cat|the plants|the tomatoes|the lawn|the laundry|the dishes
the groceries|a cake|dinner|lunch for the kids|the presents|the tickets|the hotel|the flight|the train tickets|the passport|the permit|the insurance|the tax papers|the rent|the bill|the gas bill|the deposit
the lease|the landlord|the plumber|the electrician|the dentist|the vet|the doctor|the lawyer|the accountant|the school|the teacher|the neighbours|grandma|uncle Joe|aunt May|Anna|Dr. Patel|the team|HR
the client|the supplier|the manager|marketing|the application|the form|the survey|the essay|the thesis|chapter 3|the article|the book|the movie|the podcast|the song list|spanish|piano|the exam notes
the 12 chords|the minutes|the newsletter|the mailing list|the photos|the album|the suitcase|the attic|the garage|the basement|the fridge|the filter|the tires|the battery|the camera battery|the smoke alarm
the keys|the meds|vitamins|the prescription|the blood test|the gym|the playlist for the party|wednesday's memo|monday's notes|the May release|version 2.4|Ubuntu|the API|the tests|the docs|the release notes""".replace("\n", "|").split("|")


def chore(random):
    """A to-do title: one of ours, or a verb with an object."""
    if random.random() < 0.5:
        return random.choice(CHORES)
    said = f"{random.choice(VERBS)} {random.choice(NOUNS)}"
    if random.random() < 0.2:
        said += " " + random.choice(["for mom", "with Ines", "to Zoe", "from Gus", "about the trip", "at the office", "in town", "before the trip", "for the party", "of the house"])
    return said


def fill(template, random):
    out = template
    while "{t}" in out:
        out = out.replace("{t}", chore(random), 1)
    for mark, words in (("{w}", WHENS), ("{r}", RULES), ("{x}", EXTRAS), ("{p}", PRIOS), ("{j}", PROJECTS),
                        ("{e}", EVENTS), ("{l}", LISTS), ("{s}", SPOKEN), ("{i}", ITEMS), ("{o}", TOPICS)):
        while mark in out:
            out = out.replace(mark, random.choice(words), 1)
    return out


def lines(random, drawn=DRAWN):
    """(label, text) of our own; the same for the same state of `random`."""
    polite = {"calendar_list", "calendar_add", "calendar_remind", "calendar_delete", "list_tasks", "complete_task", "update_task", "snooze", "delete_task", "set_reminder", "create_task", "undo"}
    for label, templates in TEMPLATES.items():
        templates = templates.split("\n")
        for n in range(drawn[label]):
            text = fill(templates[n % len(templates)], random)
            if label in polite and text[:3] not in ("i h", "i d", "i'm") and random.random() < 0.25:
                text = random.choice(PLEASE) + text
                if random.random() < 0.3:
                    text += " please"
            yield LABEL.get(label, label), text
