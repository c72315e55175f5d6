"""Which words ask for a person, and which only look like it; where cues stand; speed of a long text."""

import pytest

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
""".strip().splitlines()


@pytest.mark.parametrize("text", ASKS)
def test_asks_for_a_person(text):
    cue = explicit_request(text)
    assert cue is not None
    assert text[cue.start : cue.end] == cue.quote


@pytest.mark.parametrize("text", DOES_NOT_ASK)
def test_does_not_ask_for_a_person(text):
    assert explicit_request(text) is None


def test_a_quotation_is_not_a_request_unless_it_is_all():
    assert explicit_request('your page has a button "talk to a human" in green at the bottom, nice') is None
    assert explicit_request('"talk to a human"') is not None


def test_a_slip_in_another_word_is_no_person():
    for text in ("humane", "personal please", "manage please", "i want agency"):
        assert explicit_request(text) is None
