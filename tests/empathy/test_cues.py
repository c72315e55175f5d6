"""Which words ask for a person, and which only look like it; where cues stand; speed of a long text."""


from bot.empathy.cues import explicit_request

ASKS = """
can i talk to someone
Can I speak to a human please?
get me a human
GET ME A HUMAN
is there anybody real there
representative
REPRESENTATIVE!!!
put me through
Please put me through to somebody in your team
call me an actual person pls
humann
can i talk to a humann
persn please
let me talk to a persn
i want a real person
I would like to speak to somebody, if that is possible.
human
agent
agent please
operator
speak to manager
I want to speak to your manager
let me speak with a supervisor now
I need to talk to a person about my order CK-10423
could you connect me to customer service
transfer me to an agent
i dont want to talk to a bot, get me a human
I'd rather talk to a human
I'd prefer a person
is there a human i can talk to
is anyone there
hello? anyone there?
any humans available?
who can i speak to about this
how do I get hold of a real person
why can't i talk to a human
can a human please help me
can an actual person look at this
customer service please
live agent
real person please
no, I want to talk to a human
not you, a real person
Would it be possible to talk to someone in your team?
may i speak with an advisor
can somebody real help me
I need a human being please
speak to a live person
please let me talk to somebody else
hand me over to your colleague, a person
i really need to talk to someone
escalate this
chat with agent
can you get someone real on here
can i have a person pls
Is it possible to speak to a member of staff
put a human on
let me talk to someone who isn't a robot
you're useless, get me an agent
Can you pass this on to someone who can actually decide
I'd like a call with one of your people
let me speak 2 a person
are there any humans left there
need human assistance
give me someone with authority
I demand to speak to whoever is in charge
i wanna talk to sum1
where can i find a human in here
Could a colleague of yours take over?
not the bot please, a human being
LET ME TALK TO A HUMAN BEING FOR GODS SAKE
how do i speak to a real person??
can you just connect me
customer support agent
talk to rep
i need a proper person not this
Please have somebody contact me
could I chat with a member of your team
I want to speak with a human being.
get a person on the line
could you put me in touch with someone
let me chat to one of your team
please transfer
human!!!!
is there a live chat with real people
I'd like a human to look into it
pls can a real person answer
speak to an operater
can you fetch your boss
I need to get through to someone
talk with representitive
can i get some human help
i would much rather speak to somebody
please hand this to a colleague
connect with live agent
ok human now
stop this and give me a person
Is there someone I could speak with?
I want to talk with a real human please
can u get me someone to talk to
I'd appreciate speaking with a person
could someone from your team contact me
get me out of this bot and to a person
pass me to customer care
id like to chat with a human if poss
is it possible to be transferred to an agent
need to speak to sombody
talk to a humna
i said human
a person. please.
May I have a word with your manager?
i need an actual human being to read this
let a person handle it
How can I contact a human agent?
can i just ring someone
speak to advisor
i'm not getting anywhere, i'd like to speak to someone senior
Wanna speak to real people
""".strip().splitlines()

DOES_NOT_ASK = """
are you a real person?
are you human
am i talking to a person or a bot
am I speaking to a real person?
is this a bot or a human
you're not a real person are you
someone delivered it
someone delivered it to my neighbour
I spoke to someone yesterday
i already talked to an agent last week
the agent was very nice
no i don't need a human
no need for a person, thanks
I don't need to talk to anyone
please don't put me through to anyone
i'd rather not speak to a person
I do not want an agent, just the answer
no human needed
without talking to anyone please
can someone tell me when you open
what time do you open
where is my order
do i need a person to sign for it
does someone have to be at home
how many cups per person
is it enough for two people
a gift for a person who loves tea
my estate agent will collect it
I'm a travel agent and need an invoice
do you have human readable invoices
can i change the address so somebody else gets it
my manager loves your coffee
our office manager orders every month
I want a bag of beans
get me two bags of the house blend
can you get me a discount
put me on the mailing list
connect me to the wifi in the cafe
call me a taxi
someone stole my parcel
somebody left a nice note in the box
is there anything else
is there someone famous behind the blend
who are you
can I talk about my subscription
the person at the till was lovely
a real human touch, thank you
personal data
humane farming
what a person drinks in the morning
manage my account
are there people in the cafe on sundays
who do i contact about wholesale
someone in the shop recommended the decaf
I have talked to a person in the shop and she said yes
do your agents work on sundays
person of the year mug
is it only for one person
i don't mind if it's a bot
a human made this with love
can anyone collect it
can somebody else sign for it
i want to speak better english lol
do i have to talk to somebody to cancel?
no thanks, no agent
i'm an agent for a hotel, do you supply hotels
can you speak french
talk to you later
I'll speak to my wife and come back
need to talk to my husband first
how do I become a sales representative
the representative sample pack
who do you deliver with
my agent in spain will pay
I was talking to a friend about your coffee
is this run by humans or an algorithm
no thank you, I don't want to be called
somebody told me you do classes
can anyone come to the tasting
i need two people to taste it
how many people does the big one serve
tell your staff they were lovely
do I have to speak to someone to cancel
the operator of the cafe was kind
is the manager's choice blend back
don't connect me, just the price
i can speak italian if that helps
you talk like a real person
who manages my data
can a person with nut allergy drink it
i don't need help from a person
the human rights of the farmers matter to me
what does the person on the label mean
I'm speaking at a conference, can you cater
who should the invoice be made out to
I spoke to your manager, he was kind
someone will be home
are your staff on holiday
is there a person named Sam there
get a friend a coupon
i have an agent visa
a person can only use one code?
can i bring someone to the class
do you ship to real estate offices
people love it
can a child operate the machine
operator manual for the grinder
no need to talk to me like that
someone in support already fixed it
i do not wish to speak to anyone today
thanks for getting me a person yesterday
can my assistant manager order for us
""".strip().splitlines()


def test_asks_for_a_person():
    heard = {text: explicit_request(text) for text in ASKS}
    assert [text for text, cue in heard.items() if cue is None] == []
    assert [text for text, cue in heard.items() if text[cue.start : cue.end] != cue.quote] == []


def test_does_not_ask_for_a_person():
    assert [text for text in DOES_NOT_ASK if explicit_request(text)] == []


def test_a_quotation_is_not_a_request_unless_it_is_all():
    assert explicit_request('your page has a button "talk to a human" in green at the bottom, nice') is None
    assert explicit_request('"talk to a human"') is not None


def test_a_slip_in_another_word_is_no_person():
    for text in ("humane", "personal please", "manage please", "i want agency"):
        assert explicit_request(text) is None
