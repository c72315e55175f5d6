"""Blame, insult and swearing."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

ANGER = (
    Phrase("blame", "blames us", 0.55, "angry", """
        BADLY service|company|people|support|experience|delivery|customer|treatment|outfit|lot|way
        < just|simply? BADLY $
        absolute|utter|complete|total|pure|proper BADLY
        this|that|it|you is|was|are such? a|an absolute|complete|total|utter|bloody|fucking? BADLY
        thats|youre|its|such a|an absolute|complete|total|utter|bloody|fucking? BADLY
        absolutely|completely|utterly|totally|bloody|fucking|beyond|simply|frankly|so|is|are|its|youre|this BADLY
        < utterly|absolutely|totally|completely|simply|a|an|an|just? absolute|utter|complete|total? BADLY $
        what a|an|absolute|utter|complete|total BADLY
        < what a|an|absolute? BADLY
        your|ur|yours fault|doing|mess|screwup|cockup|incompetence
        US NOT care|give|bother|listen|deserve *
        how dare you
        you|your people|lot|company|guys|shop|business are|is|ruined|have|disgust|make|should|dont|messed|screwed *
        you|youve|yous have|just|all|clearly|simply? ruined|wrecked|destroyed|messed|screwed|robbed|conned|cheated|lied|stole|ripped|ignored|failed|spoiled|spoilt|lost
        CROOK|con company|artists|artist|$
        you|youre|are|bunch|of|absolute|bloody|total|load CROOK
        bunch|pack|load|shower of CROOK|INSULT|amateurs|clowns|jokers|cowboys
        rip|ripping|ripped off|offs me|us?
        complete|total|absolute waste|joke|shambles|disgrace|mess|nonsense|scandal|farce|disaster
        worst company|service|experience|shop|customer|purchase|support|delivery|coffee|place ever|ive|i|in?
        should be ashamed
        dishonest|deceitful
        humiliating|humiliated|degrading|insulting|discriminated|discrimination
        ashamed of|yourselves yourselves?
        sort|get it|this|yourselves|your|yourself out|act|sorted|together together?
        fix this|it or|now|immediately
        NOT acceptable
        i|we wont|cannot|cant|will|refuse not|to? accept|tolerate|stand *
        im|i|am|were not having|putting|standing *
        demand|demanding a|an|my|to|compensation|that
        want|expect|demand|require compensation|compensating|damages
        know my rights
        shame on you|this|your|u
        get your act together
        what exactly? is|do it|you exactly? that? you people|lot do
        want|give|demand me? my money back now|or|immediately|today
        final|last warning|chance
        furious|livid|fuming|outraged|raging|seething|enraged|angry|incensed|irate
        screw|sod|stuff you|this|off|your|it
        hate you|this|your|u|yous|the
        i will not be fobbed
        chucked|threw|lobbed|launched|hurled it|my|the|our parcel|box|order|package? over|in|into|at
        again animals|jokers|cowboys|vandals|idiots
        you|u|youre|ur|this|your is|are|so|suck|sucks|stink|really? suck|sucks|stupid|dumb|thick|useless|rubbish|crap
        🤬
        😡
        😠
        """, """
        hate|angry to|with bother|be|trouble|myself|admit
        hate|angry with|at myself|this weather|mondays|waste
        NOT rip|ripped|angry|furious|hate
        BADLY at|with making|maths|technology|computers|this|cooking|names|me
        im|am|i so|a|really|just? BADLY|stupid
        how|what BADLY is|are the weather|traffic|my
        hate the|this|your smell|taste|weather|idea|way|sugar|colour
        """, target="us"),
    Phrase("bot_insult", "angry with the bot", 0.4, "frustrated", """
        BADLY|stupid|dumb|crap|bloody|fucking|damn|worthless|daft|idiotic|thick|annoying|INSULT BOT|machine|computer
        BOT is|are|was so|a|just|totally|completely? BADLY|stupid|dumb|crap|worthless|broken|hopeless|annoying|shit
        you|u|youre|your|ur are|a|just|only|such? a|just|such? stupid|dumb|useless|idiotic|worthless|BADLY BOT|machine|computer
        youre|ur NOT even? listening|helping|reading|understanding|understand
        you|u NOT understand|listen|get|listening|understanding|help|helping anything|a|it|what|me|this|$
        NOT even|clearly understand|read|listening|reading
        this BOT again|keeps|cant|wont
        ^ shut up
        talking to a wall|brick|robot
        """, target="bot", negatable=False),
    Phrase("abuse", "insults our people", 0.85, "angry", """
        US|you|u|bunch|are|absolute|complete|total|bloody|stupid|thick|fat|ugly|all|these|fucking of? a|an|stupid|fucking|bloody|complete|bunch|such|total|of? INSULT
        fuck|fck|f you|u|off|yourself|urself|yourselves|ur|ya|yer
        fuckoff
        go to|and|die|kill|fuck hell|die|yourself|yourselves|urself
        drop dead
        piss|bugger off
        hope you|u|your|yous all? die|choke|rot|burn|lose|suffer|get *
        eat shit
        shut the fuck|hell up
        shut up you|bitch|stupid|INSULT
        lazy|stupid|ignorant|incompetent|worthless cow|cows|sods|sod|bastards|bastard|INSULT|gits|git|pigs|fools
        kiss my arse|ass
        up yours
        stfu
        🖕
        """, "shut up and|it|shop", target="us", negatable=False),
    Phrase("swearing", "swears", 0.15, "frustrated", "SWEAR", "SWEAR good|brilliant|lovely|love|great|amazing|yes|delicious|gorgeous|beautiful|legends|marvellous|tasty|perfect|fantastic|fresh|well|loved|awesome|incredible|excellent"),
)
