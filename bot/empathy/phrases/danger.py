"""Life and health, money taken wrongly, account and data."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

DANGER = (
    Phrase("safety", "danger to life or health", 0.95, "anxious", """
        kill|killing|hang|hanging|harm|harming|hurting|cutting|shoot|drown|drowning|off|unalive myself|meself|himself|herself|themselves
        overdose|overdosed
        hurt|cut myself|himself|herself|themselves
        end my|it|his|her life|all|tonight
        ending my life
        ending it all
        NOT want|wanna to? live|be|exist|wake|go|carry anymore|here|up|on|alive|any|alive more|longer|anymore|$
        NOT want|wanna to? be|live|exist|go here|alive|on|this any more|longer
        want|wanted|wish|need it|everything all to? stop|end|over|stopped
        want|wanted|wish everything to stop|end
        buildings|building|shops|places|cafes|wood burn|burns|burning easy|easily|fast|quick|down
        know where he|she|they lives|live|parks|park|sleeps
        want|wanna|wish|going|ready|rather to|i|be? be|was|were? die|dead|disappear $
        want|wanna|wish|going|ready to? be|i|just? die|dead
        suicidal|suicide
        better off dead|without
        no|nothing reason|point|left|more|to|in to|in|living|live|for living|live|alive|going|for|on|anymore
        life is|not isnt|not|no|worth|longer living|worth|anymore *
        cant go|carry|do|take on|this|it|any anymore|any|longer|much|life|living more?
        self harm|harming|harmed
        took|taken|swallowed all|too|a|an|whole|overdose|the|my many|lot|of|overdose|bottle|pills|tablets|packet *
        caught|on|catching fire
        set|setting|started a? fire
        sparked|sparking when|out|up|as|while|and|from
        socket|plug|kettle|grinder|machine|wire|lead sparked|sparks|sparking
        burst|went into|up flames
        went|gone|goes|go|came|up on|up|in|out fire|flames|smoke|bang|sparks
        burst|went into|up|in flames|smoke
        smoke|smoking|sparks|sparking|flames|fire|burning|melted|melting|exploded|explode|exploding|exploding coming|out|from|the|is|when|my|plug|in|socket|kettle|machine|smell|wire|plastic|it|itself|on *
        exploded|electrocuted|electrocution
        electric|electrical|got|gave|give|gives|an|a|me|us|massive shock|shocks|shocked|electrocuted
        shock from|off the|your|this|it|my kettle|machine|grinder|plug|switch|frother
        smell|smells|smelling|smelled|smelt of? gas|burning
        gas leak
        tingle|zap|jolt|belt|buzz up|through|in|down my|the|his|her arm|arms|hand|hands|fingers
        gave me|him|her|us a? proper|nasty|bad|little|real|bit? of? a? tingle|zap|jolt|belt|shock|buzz
        lips|eyelids|eyes|tongue|throat|face|mouth are|is|have|has|look|looks|looking|gone|went|feel|feels|keep|keeps? going|gone|a|bit|all|so|really? puffy|tingly|numb|itchy|fat|swollen|swelling|tight|tingling
        sliver|splinter|shard|shards|fragment|fragments of glass|metal|plastic
        lips|eyelids|eyes|tongue|face is|are|looks|look? going|getting|gone|growing|swelling big|bigger|huge|red|purple|blue
        smell|smells|smelling|smelled|smelt|stinks|stink of|like hot|burnt|burning|melting|melted plastic|rubber|wire|wires|wiring|fish
        switch|plug|socket|lead|cable|base|handle|wire seems|has|have|is|looks|look|to|have|be? to? have|be? a|bit? melted|melting|scorched|charred|blackened|sparking
        cant|NOT see|think|find a|any|the|much reason|point to|in|of? keep|carry|go|going|carrying|keeping|on on|going
        NOT be|being needing|need|wanting anything|coffee|it|or|else? anything else|more? after|from
        nobody|noone has|have|needs|will to|have? sort|tidy|clear|deal *
        put|putting him|her|them|you|somebody|someone in hospital|aande|intensive|ground
        what time|when|which|where she|he|they locks|finishes|leaves|walks|parks|lives up|off|home|work|on|alone|to? her|his|their? own|home|alone|up|off
        wont be anyone|anybody here|left to
        NOT want|wanna to wake up
        tidying|sorting|sorted everything|things|up|it|out else|so|for|out|up? so|out|now nobody|noone|they|now|just *
        only one left
        anaphylactic|anaphylaxis|epipen
        allergic|allergy reaction|shock|attack
        cant|NOT breathe|breathing|breath
        struggling to breathe
        throat|face|tongue|lips is|are? swelling|closing|swelled|swollen|swole
        ambulance|paramedics
        in|rushed|taken|ended|went|to|at to|up|in|the? the? hospital|aande|emergency|er because|after|from|with|due|your|the|drinking|it|eating
        ended|rushed|taken|landed|went up|to|in|him|her|us|me|my? to|in|the? hospital|a&e|aande|emergency
        found|piece|pieces|bit|bits|shard|shards|chunk|lump of|a|some|bit? plastic in|inside|from|among the|my|your|this|coffee|a *
        glass|metal|mould|mold|maggots|maggot|insects|insect|needle|blade|screw|wire|bleach|shard|shards|nail|razor|mouse|rat|chemical|poison|mercury in|inside|from|of|among the|my|your|this|our|coffee|glass|a|that? coffee|bag|beans|cup|drink|food|packet|tin|mouth|box|cake|grounds|sandwich|latte
        swallowed|swallow|cut|choked|choking|bit|chipped|ate|cracked on|a|my|some|the|it|glass|metal|piece|up *  glass|metal|piece|plastic|screw|mouth|throat|tooth|shard|bean|magnet|battery|beans
        baby|child|dog|toddler|son|daughter|cat|kid|kids|children is|was|has|just|got|nearly|almost? ate|eaten|swallowed|drank|choking|choked|burned|burnt|scalded|collapsed|poisoned|bleeding
        burned|burnt|scalded|burns|burn|scald my|me|his|her|himself|myself|herself|our|badly|the|on|from hand|hands|face|arm|arms|leg|legs|son|daughter|child|badly|fingers|lap|skin|mouth|finger|baby *
        poisoned|poisoning
        food poisoning
        is|was|being|hes|shes|keeps|will|gonna|going|he|she|to hitting|beating|hit|beat|hurt|hurting|kill|attack|threatening|attacking|strangle|punch|choking me|us|him|her|them
        kill|hurt|stab|shoot|strangle|punch|attack|bomb you|u|them|him|her|someone|somebody|everyone|people|yous all? of?
        find where you|u live
        will|gonna|iwill|going|to burn|bomb|smash|torch your|the|ur shop|cafe|place|windows|face|office|house
        know where you|u|your|yous live|work|are|staff|lives|children|kids *
        come|coming|be|turn round|to|down|over|there|up|for with|and|your|you|there|the|a|with *  bat|knife|hammer|face|smash|burn|gun|hurt|sorry|break|kill
        bomb|bombs|shooting|gun in|threat|at|under|your|the|to
        watch your back
        domestic violence|abuse
        afraid|scared|frightened|terrified for|of|he|she|hell|that|to my|him|he|her|hewill|go life|safety|will|kill|hit|home *
        in|im|am|are|is|real|immediate danger
        heart attack
        having|had a|an? seizure|stroke
        unconscious|collapsed
        carbon monoxide
        """, """
        kill|die|dying|dead|murder for|to|it|battery|your|the|a|some|of? a|the|your|this|coffee|another|some|off|competition|weeds|time|two|caffeine|that|taste|boredom|bacteria
        to die for
        kill|killing|kills the|two|my|some|me|time|this|it|bugs|mood|vibe time|buzz|birds|order|process|subscription|vibe|waiting|laughing
        killing me
        cant go|carry|do|take|live on|this|it|a|without|any? without|day|coffee|morning|the|milk|decaf *
        find you|your|them on|at|in|website|shop|here|a|online|the|opening|contact|email|address|number|through|really|very|so|to|coffee|on|prices|delivery
        burn|smash|hit|attack|punch|hurt|beat|find|kill your|you|the|them tongue|coffee|taste|beans|mouth|wallet|targets|price|prices|market|button|avocado|flavour|details|number|subscription|order|buttons
        beat|hit|hurt me|him|her|us to|up|with|if it|on|the
        kill for
        what|which|do|does|is|are|can|could|should|if|how|any|have|contain|free i? the|it|this|there|a|an|have? allergic|allergy|allergies|mould|nuts|mold reaction|to|in|or|shock|the *
        NOT|no allergic|allergy|danger|glass|metal|fire|smoke|mould|mold|suicidal|gas
        glass|metal|plastic|wire in|inside|of|from the|a|my|your? jar|lid|cup|mug|packaging|handle|carafe|recycling|window|bin|box
        plastic|metal|glass in|inside|from the|your|my|this? packaging|packet|box|bag recyclable|recycled|recycling|lining|free
        smoke|smoking|burning|melted|fire|exploded|smell|burnt|flames|smell alarm|free|hot|chocolate|taste|flavour|salmon|butter|sale|with|love|into|passion|cheese|of|calories
        sparks joy
        sparks my|our|interest|joy
        in|from the? hospital|emergency for|with|a|at|visiting|gift|shop|cafe|nearby|opposite|fund
        shock|shocked|electric to|at|by|me|kettle|grinder|that|price|when|how *
        the|price|big|bit|of|a shock price|when|to|at
        a|my|the heart|panic attack|in on|a|the cup|plate|label|menu
        bath bomb|bombs
        photo|video shooting
        know where you|your are|shop|cafe|is *
        """, negatable=False, quotable=True),
    Phrase("payment_dispute", "money taken wrongly", 0.65, "anxious", """
        charged|billed|debited|taken|paid|charging|debit|took|charge|deducted|invoiced me|us|it|my|the|card|money|for|payment|the|this|him|her? me|for|card|order|money|payment|out|us|this|one|it? twice|double|thrice
        charged|billed|debited me|us|my? card|account? again
        charged|billed|debited|deducted|invoiced me|us|it|my|him|her? COUNT times|payments
        duplicate|second|two|2|three charge|charges|payment|payments|debit|debits on|from|of|for|have|taken|my|again|out|same|went|showing|gone|appeared|$
        double|duplicate charged|charge|charges|payment|payments|billed|debit|billing
        twice from|out|off|on|for my|of|one|the|a|same|both *
        both have left|gone|come|been|cleared my|the|out|through|taken? *
        chargeback|charge back|chargebacks
        dispute|disputing|disputed the|this|a|my|it charge|payment|transaction|with|charges *
        claim back|it|this through|from|with|via my bank|card|credit
        section 75
        NOT authorise|authorised|authorize|authorized|recognise|recognize|agree|consent this|the|a|any|that|to|it|these payment|charge|transaction|charges|payments|it|being|amount *
        unauthorised|unauthorized|unknown|wrong|incorrect charge|payment|transaction|amount|payments|charges|debit|taken *
        took|taken|taking|takes|stole|stolen|stealing my|our|the|money|more|NUMBER? money|NUMBER|pounds|than|extra|quid out|from|off|without|after|again|and|even|than|twice|$ *
        charged|billed|taken|took|charging|paid me|money|for|payment|us|it? after|even|although|despite|for|though|when i|cancelled|having|something|a|it|cancelling|thing *  cancelled|cancelling|cancellation|returned|never|paused
        charged me|us|for more|NUMBER|the|too|wrong|something|extra|an|a|nothing wrong|than|amount|much|i|never|didnt|extra *
        overcharged|overcharging|overcharge
        took|taken|charged|takes|debited the|my|same money|payment|amount|card twice|again|NUMBER times?
        charged|billed|paid for a|an|the|my|one order|delivery|subscription|bag i|we|which|that i? had|have|already|never? cancelled|returned|received|got
        money|payment has|was|is|left|gone|went|taken|been|left|out|from? been|has|was|gone|my? taken|left|out|gone|account and|but|twice|no|without|order
        order|payment|checkout failed|cancelled|vanished|disappeared but|and|yet the|my|your? money|payment|card|bank|amount *
        """, """
        will|would|if|could|can|do|avoid|being|get|getting|worried|does|when|not|might|am|be i|you|be|it|me|get|is|my? be|being|get|it|you|card? charged|billed|charge|take|taken|debited|double
        do|does|can|may|could you|i|we take|pay|make|have|use|split|do * two|2|three payments
        NOT been? charged|billed|taken|double|overcharged|authorise|took
        NOT|no double|duplicate|overcharged
        double|extra|two|second shot|espresso|charge on|for delivery|gift
        twice a|per|as|the|daily|weekly
        paid|charge|charged in|by|with|for two|three|installments|instalments *
        do|does|will|when you|it|they take|charge|bill *
        how do|does|can *  dispute
        """, target="us", negatable=False),
    Phrase("privacy_or_security", "account or data at risk", 0.75, "anxious", """
        account|email|profile|login|password was|has|got|is|been|may|being|might|have been|be|got|changed|by? hacked|compromised|stolen|accessed|taken|breached|changed|used|hijacked by?
        hacked|hacker|hackers
        ANYONE|somebody|stranger|they|else|ex|he|she|husband|wife|PERSON has|is|was|got|else|logged|keeps|been|used|changed|using|can|in|into|have access|got|been|logged|using|in|into|getting|ordering|changed|used|see|gained|has|my|hacked|to *  account|card|login|password|details|profile|name|email|address
        ANYONE else|elses|other|another|somebody|a|someones account|order|orders|details|address|name|data|card|invoice|information|email|history|profile is|in|on|to|showing|with|under|when|instead|appeared|came *
        elses|strangers order|orders|details|address|name|data|invoice|information|card *  in|on|when|showing|my
        other|another|different|wrong customers|customer|persons|peoples order|orders|details|address|name|data|invoice|information|card
        see|seeing|shows|showing|sent|got|received|emailed|have|given me? ANYONE|another|other|a|somebody elses|else|customers|customer|persons|peoples|strangers details|address|orders|parcel|parcels|subscription|order|name|data|invoice|card|email|account|information
        my|our card|cards|identity|wallet|purse|phone|details|bank|data|card details|was|were|has|have|is|been|got|data|number? been|was|were|got|have|has? stolen|cloned|leaked|compromised|exposed|used|published|shared|sold *
        data|security|privacy breach|leak|incident|violation
        identity theft|fraud|stolen
        fraud|fraudulent|phishing|phished|scammed by|on|my|order|activity|charge|email|transaction|team|orders|payment|in|your|me|from|$
        fraudulent
        NOT|never place|placed|make|made|order|ordered|request|requested|change|changed|authorise this|that|an|any|the|it|these|my|those order|orders|purchase|password|email|address|it|reset|change
        order|orders|purchase * * that|which i NOT|never made|placed|recognise|authorised
        order|orders|purchase|password|login that|which? i NOT|never place|placed|made|make|recognise|recognize|ordered|know|request|requested
        suspicious login|activity|email|order|charge|transaction|orders|payment
        unknown|strange|unfamiliar login|device|address|orders|activity|person
        locked me out *  hacked|changed|ex
        stole|stolen|stealing|steal my card|identity|account|details|data|wallet|bag|purse|password
        hes|shes|theyre|ex|stalker|stalking tracking|following|stalking|knows|found|sees|reading|watching me|my|where *
        my address leaked|published|public|shared
        """, """
        how|do|can|is|does|where|are|if|what|could|would you|it|i|my|your|is|the|to|happens? protect|prevent|avoid|store|stop|keep|hacked|secure *
        what|which|how * do|happens|if * hacked|stolen|breach
        life|coffee|beans|ikea|growth|kitchen|taste hack|hacked|hacks|hacker
        someone|anyone|ANYONE else|elses|other order|orders|ordered|address|name|card as|a|for|to|please|instead|this
        to|for|at|use|on|send|under|ship|deliver ANYONE|another|a|different|somebody|other|someone|my|else else|elses|address|other|different *
        NOT hacked|stolen|breached|fraud
        NOT place|placed|make|made|order|ordered|change|changed|request the|an|any|my|it|this|that order|it|orders|address|password|email yet|before|because|correctly|right|in|properly|so|until|here|if|on
        NOT|never order|ordered|made|make this|it|these|that|an|any one? before|yet|coffee|grind|roast|at|order
        mailing|wedding|new|my delivery|other|another|different address
        """, negatable=False),
)
