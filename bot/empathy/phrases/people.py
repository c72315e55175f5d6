"""How people are named: roles that a joined phrase reads as one word.

HUMAN is a person as opposed to a bot, FOLK a person or people, SOMEONE anybody at all, STAFF somebody here, OFFICE a
department, NAMED a name, OUTSIDER a person elsewhere, THING no person at all.
"""
# ruff: noqa: E501 (a pattern is one row)

_WHICH = "a|an|the|your|ur|yr|any|some|another|one|this|that|of|ya"
_KIND = "REAL|REALLY|different|other|nice|kind|friendly|senior|breathing|sentient|alive|responsible|competent|helpful|decent|human|customer|customers|sales|support|service|services|care|live|full|thinking|single|specific|flesh|blood|and|available|helpdesk"
_AGENT = "human|humans|agent|agents|representative|representatives|rep|reps|operator|operators|adviser|advisers|advisor|advisors|hooman|hoomans|humanbeing"
_BOSS = "manager|managers|supervisor|supervisors|boss|superior|owner"
_TEAM = "team|teams|staff|staffers|colleagues|colleague|employees|employee|crew|workers|worker|workforce|coworker|coworkers|teammates|teammate|associates|associate|baristas|barista|roasters|lot|guys|lads|girls|ladies|folks"
_PLACE = "team|side|end|company|support|office|roastery|shop|store|cafe|staff|firm|place|kitchen|warehouse|business|department|accounts|sales|billing|returns|dispatch|shipping|service|care|complaints|finance|lot|people|management|helpdesk|headquarters|hq|ranks|technical|tech|team|wholesale"
_DESK = "billing|accounts|accounting|finance|sales|returns|dispatch|complaints|support|helpdesk|reception|management|staff|hr|warehouse|logistics"
_REST = f"""from|in|at|on|of|within|behind the|your|ur|customer? customer|support|service|head|sales? customer? {_PLACE} team|department|staff|side|floor?
from|in|at|on|of head|customer? support|service|management|billing|accounts|returns|sales|dispatch|office|shift|duty team|department?"""


def _with_rest(row: str) -> str:
    return "\n".join([row, *(f"{row} {rest}" for rest in _REST.splitlines())])


PEOPLE = {
    "HUMAN": f"""
        {_WHICH}? {_KIND}? {_KIND}? {_AGENT} being|beings|agent|rep|person|soul|operator|representative|adviser?
        {_WHICH}? {_KIND}? REAL|breathing|sentient|human|live|alive {_KIND}? PERSON|people|peeps|folk|dude|dudes|guy|girl|lady|adult|one|body|soul|souls|being|beings|man|woman|employee|lifeform
        {_WHICH}? customer support|service|services|care PERSON|agent|rep|person|people|specialist|employee|assistant
        {_WHICH}? support|sales|helpdesk|callcentre PERSON|agent|rep|person|people|specialist
        {_WHICH}? living|human soul|life form?
        ANYONE REAL|human|alive|breathing
        ANYONE|PERSON with a pulse|heartbeat|brain|face|soul
        ANYONE|PERSON|one who|that is|isnt|s NOT? a|an|actually? BOT|computer|program|programme|machine|human|real|person
        ANYONE|PERSON whos|thats not? a|an|actually? BOT|computer|program|programme|machine|human|real|person|alive
        living|breathing soul|souls
        """,
    "FOLK": _with_rest(f"{_WHICH} {_KIND}? person|persons|people|peeps|folk|soul|being|adult|grown|dude|fella|mate|gentleman|lady|chap|bloke|lass") + """
        person|persons|people|peeps being|beings?
        """,
    "SOMEONE": """
        ANYONE else?
        sb
        whoever|whomever
        ANYONE who|that knows|understands|listens|helps|thinks|cares|decides|matters
        someone|somebody|anyone|anybody senior|responsible|competent|qualified|higher|important|human|new|different|proper|better|in|with charge|authority|sense|power|experience|up
        one of them|those
        """,
    "STAFF": "ANYONE|PERSON who|that works|work|working there|here|for|at? you|your? shop|company|cafe?\nsupport|service|office|shop|sales staff|people|personnel|team|guys\n" + _with_rest("ANYONE else?").split("\n", 1)[1] + f"""
        {_with_rest(f"one|some|somebody|someone|anyone|anybody|any|whoever|either of your|the|ur|ya|yer|you REAL|human|support|service|lovely? people|{_TEAM}|{_AGENT}")}
        a|another|any|one|some? team|staff|crew member|members|person of|in|on|from? the|your? team|staff|crew|support|company?
        any? staff|people|colleagues|employees i|we can|could
        a|any|another|one? member|members of the|your|ur? support|service|sales|customer|shop? service|care? {_TEAM}|people|personnel
        your|ur|a|the|another|any|some|one|yer|ya {_KIND}? {_KIND}? {_TEAM}|{_BOSS}|people|personnel of? yours?
        REAL|responsible|senior {_TEAM}|{_BOSS}
        your|ur|the customer|support|sales|returns|billing|accounts|complaints|service|care|technical|roasting|shipping|office? {_DESK}|service|care|roastery|shop|office|department? team|department|desk|people|staff|office|line|PERSON|guys|lot|girls|lads|person
        a|an|the? {_BOSS}
        an employee|associate|insider
        a worker|colleague|staffer|coworker|barista|roaster
        employee|employees|staffer|colleague|colleagues|coworker
        your|the|a young|nice|kind lady|gentleman|man|woman|person or|and? lady|gentleman|man|woman?
        whoever|whomever is|s|ever? in|deals|handles|does|runs|looks|decides|owns|can charge|with|this|that|it|after|the|things|help? shop|place|this|that|it?
        whos|those|someone|somebody|anyone|person in charge|command
        one of the girls|guys|lads|ladies|baristas|roasters in|at|from|on? the|your? shop|cafe|office|team?
        the|your one|person|people|man|woman in charge|responsible
        the|your person|people who|that deals|handles|runs|decides|packs|roasts|looks *
        ANYONE|person|PERSON who|that can|could|will|works|work|actually|really|is actually|really|there|here|properly|be? decide|fix|sort|understand|understands|helps|help|listens|listen|human|allowed|able|solve|authorise|knows|think|thinks
        """,
    "OFFICE": f"""
        the|your? {_DESK} team|department|desk|line|people?
        the|your? customer service|services|support|care|relations team|department|desk|line?
        the|your? complaints|returns|billing|accounts|sales|support|service|care|shipping|roasting department|team|desk|office|people|line
        your office|shop|roastery|cafe|warehouse|company|place|end|side
        the roastery|warehouse
        """,
    "OUTSIDER": """
        my|our|his|her|their * PERSON|people|boss|team|colleague|colleagues|staff|owner|human|employee|barista
        my|our|his|her|their|a|the|an? estate|travel|letting|insurance|booking|cleaning|customs|bank|shipping|property|event agent|agents|manager|people|rep|company|team|support
        my|our|his|her|their|a|the|another|your? KIN
                KIN
        the|this operator|owner|manager|person|people|lady|man of|behind|in the|a|my|front|queue *
        the|this person|people|man|lady on the label|picture|bag|box|photo
        PERSON|people of the year|match
        """,
    "THING": f"""
        a|the|an|whole|some|quite lot of?
        human body|rights|error|nature|consumption|resources|resource|race|readable|kind|made|hands|hand|hair
        PERSON visa|fee|fees|manual|handbook|mug|mugs|special|choice|blend|sample|s
        per|each|every person|human
        for? NUMBER|two|three|four|five|six|eight|ten people|persons|humans
        people person
        PERSON limit|limits|discount|count
        operators|operator manual|guide
        representative sample|samples
                as|become|becoming|am|im|represent a|an * {_AGENT}|{_BOSS}|person|employee|barista
        wholesale|sales|brand agent|agents|representative for|in|of
        """,
}
# With a capital, and yet nobody's name.
NO_NAMES = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december english french german spanish italian polish dutch british english christmas easter xmas
    ethiopian ethiopia kenya kenyan colombian colombia brazil brazilian guatemala sumatra peru house blend espresso
    copper kettle coffee pip london bristol bath paypal visa mastercard klarna apple google amazon royal mail aeropress
    chemex hario moka the and but please can could would what where when who why how hello dear regards thanks you your
    ill youre ive order refund hi god jesus christ lord
    """
