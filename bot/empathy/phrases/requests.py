"""Asking for a person, declining one, and refusing the bot."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

# What the rows of a request share.
_SPEAK = "natter|chinwag|gab|confer|consult|TALK|talking|speaking|chatting|communicating|spk|tlak|spaek|speaks|conversing|conversation|liaise"
_TELL = "explain|explaining|discuss|discussing|describe|show|raise|raising|take|go|run|bring|talk|walk|work|tell|put|air|report|sort|vent|complain|complaining|settle|taking"
_TO = "to|2|with|w|through|over|past|by|wiv|wid|thru|too|at|from|of"
_BY = "directly|personally|possibly|please|about|even|just|actually|on|kindly|maybe|through"
_FETCH = "get|fetch|find|bring|give|gimme|summon|grab|lend|gis|assign|provide|getting|send|seeing|want"
_MOVE = "put|pass|hand|transfer|connect|patch|switch|move|forward|direct|redirect|take|link|lead|refer|escalate|hook|bump|send|let|get|give|pop|kick|route|raise|swap|change|turn|plug|guide|point|conect|tranfer|forwarded|transferred|connected|passed|put|go|flag|turned"
_ON = "w|2|on|over|through|thru|across|along|up|straight|back|out|to|with|onto|in|touch|into|contact|by|hold|of|off"
_STEP = "join|step|jump|take|have|read|see|look|reply|respond|chip|come|pick|answer|talk|speak|deal|handle|sort|decide|listen|help|check"
_HELP = f"{_STEP}|assist|contact|call|ring|phone|message|tell|reply|review|explain|fix|email|solve|do|reach|write"
_PLEASE = "please|PLEASE|$|.|?|!|then|for|instead"
_NOW = "please|PLEASE|now|instead|else|$"
_PRE = "please|PLEASE|hi|hello|hey|ok|okay|no|yes|just|so|right|um|well|again|said|i|only|then|but|actually|enough|and|oi|real|really|your"
_END = "please|PLEASE|$|.|?|!|to|who|that|i|at|or|for|can"
_NEEDS = "needs|requires|calls|takes|wants|deserves|time|think|involve for|to|get|we|i? involve|get|need|have|bring|a?"

REQUESTS = (
    Phrase("explicit_request", "asks for a person", 0.15, "neutral", f"""
        {_SPEAK} {_BY}? {_TO} {_BY}? a|the|responsible|any? WHO|NAMED|OFFICE
        {_SPEAK} WHO $|.|?|about|please
        TALK to|with NAMED
        speak|talk|chat directly|personally|privately|face to? WHO|OFFICE|NAMED
        chat|word|words|natter|chinwag|catchup|conversation|talk|contact|discussion|touch|appointment {_TO} {_BY}? WHO|OFFICE|NAMED
        word with|from WHO|NAMED|OFFICE
        {_TELL} this|that|it|things|everything|the|my|what|out|in|how|on|more * {_TO} {_BY}? WHO|NAMED
        {_TELL} {_TO} WHO
        call with WHO|NAMED|OFFICE
        WANT|like|let|can|could|may|might|better|easier|comfortable|happier|rather|sooner|prefer|id|best|nice|need me|i|to|if|for|could|be|feel|love * tell|telling|ask|asking|see|seeing|reach|contact|message|involve|consult|meet|show|showing|inform WHO|OFFICE|NAMED
        telling|explaining|asking a|it|this|that? to? FOLK|HUMAN|STAFF instead|rather|$|.
        FOLK|HUMAN|SOMEONE|STAFF i|we|me|us can|could|may|might|to|will|would|i * {_SPEAK}
        FOLK|HUMAN|SOMEONE|STAFF|NONE|one to {_SPEAK} {_TO}|$
        FOLK|HUMAN|SOMEONE|STAFF|NONE|one i|we can|could|may|might actually|please|just|maybe|simply? {_TELL}|TALK|ask|message|contact|tell|show|go|discuss|turn *
        who can|do|should|could|might|may|would i|we|one TALK|tell|ask|complain|turn|contact to|with|? about|?|$|.|please|here
        who can|do|should|could|might|may i|we TALK to|with
        {_FETCH} me|us|yourself|this|it|for|over|in|on|out|up|here? me|us|through|hold|of|to|with? WHO
        get|fetch|find|getting|got|reach|bring|grab * hold of WHO|OFFICE|NAMED
        gis|gimme|lend|send|give|want|need HUMAN|FOLK
        get|fetch|summon|bring NAMED for|on|over|here|to please|me|us|the|chat|talk|speak|help|$|.|look
        fetch|summon NAMED
        put NAMED on|through
        {_MOVE} me|us|this|it|my|the|that|him|her|things|everything * {_ON} {_ON}? {_ON}? WHO|NAMED|OFFICE
        {_MOVE} {_ON} {_ON}? WHO|OFFICE
        put|pass|hand|transfer|connect|forward|patch to|onto|through|with|over to|with? NAMED
        {_MOVE} WHO|OFFICE|NAMED on|in|through|please|$|here|into|onto
        put|transfer|connect|pass|patch|hand|send|let|switch me|us through|over|across|along|up
        put|let me straight|right|directly through
        connect|transfer|escalate|pass|put|patch me|us|this|chat|the|it chat|conversation|through|on|over|up? {_PLEASE}
        can|could|will|would|may|please|kindly|just|to connect|transfer|escalate|patch me|us|this|it|$ ?|!|.|$|please|to|with|now|here
        escalate this|it|my|the|to
        < please|pls|PLEASE|just|can|could|you|u|kindly? you|u? transfer|connect|escalate {_PLEASE}
        put|get|be|getting|stay me|us|in in? touch|contact with|to WHO|OFFICE|NAMED
        in|direct|personal|real touch|contact with|to WHO|OFFICE|NAMED
        WANT|like|love|prefer|rather|appreciate|have|having|seeking|times|times|now|time|seek|requesting|request|insist|demand|await|awaiting|asking|ask|asked|said|meant|expect|beg|require|use|involve|give|take|sooner|for * to|for|on|with|of|get|have? HUMAN
        let|possible|can|could|may|might me|i|we|to have|see|get FOLK|STAFF
        WANT|like|love|prefer|rather|appreciate|seeking|seek|requesting|request|insist|demand|asking|asked|said|beg|sooner|involve * to|for|on|with|of|get|have|be? FOLK|STAFF
        to|with|through HUMAN
        any FOLK|HUMAN|STAFF in|around today|now|there|here|?|$
        can|could|would|will|please FOLK|STAFF|SOMEONE come *
        case|story|situation|problem|side|words|conversation|chat|discussion|it|this|that|things|business|matters|here to|with|past STAFF|FOLK|HUMAN
        possible|way|okay|ok|allowed|able|chance|time|nice|better|helpful for WHO to {_HELP}|get
        can|could|would|will|might|please|if|let|have|does|is WHO|NAMED * TALK|review|join|come|step|take|dealt|deal|deals|handled|took|chat|free|manage to|it|on|in|this|that|with|over|me|us|up|my
        if HUMAN|FOLK|STAFF|SOMEONE * dealt|handled|took|answered|looked|read|replied|joined|spoke|talked|wrote|came|would|could|can
        surely|must|hopefully there|theres|be|have is|be|are|must|a|at? least? HUMAN|SOMEONE
        escalate|escalated me|us
        put|have|get|bring|WANT * HUMAN|FOLK|STAFF on|online
        WANT|like|speak|contact|get|reach OFFICE {_NOW}|not
        < {_PRE}? SOMEONE senior|competent|responsible|capable|clever|proper|sensible|important|higher
        WANT|seeking|require|requesting|demand SOMEONE who|that|with|in|to|here|now|please|at|for|instead|better|$|. *
        looking|look|searching|trying|hoping|waiting for|to|on|get|reach|find * to? HUMAN
        trying|hoping|like|want|wish|attempting|looking to reach|contact|find|meet WHO|OFFICE
        for SOMEONE|FOLK|HUMAN|STAFF to {_STEP}
        any|some? chance|odds|possibility|way|hope of|for|to getting|having|seeing|get|reach|speak * WHO
        chance|odds|possibility of|for WHO
        HUMAN|FOLK|STAFF there|here|available|around|online|free|about|listening please|PLEASE|$|.|?|!
        is|are|isnt|arent|there|any|some|no|have|get|be|if * HUMAN|FOLK|STAFF there|here|available|around|online|free|about|left|working|awake|on|in|listening|reading duty|shift|the|today|now|there|this|{_END}
        is|are|isnt|arent there a|any|no? STAFF {_PLEASE}
        is|are|isnt|arent|there|any|no a|no|not|really|even|maybe|still|there? HUMAN|FOLK {_PLEASE}
        is|are|isnt|arent|if|be there|here a|any|no|not|even|really|actually|maybe|still? HUMAN
        is|isnt|are|aint SOMEONE|HUMAN there|home|about|alive|here|actually|reading|listening|manning|available|awake|around
        is|isnt|aint SOMEONE at|in home|there|here|charge
        is|isnt|if|be there|here SOMEONE|FOLK|STAFF i|we|to|who|that|there|here|actually|alive|available|around|home|manning|in|on|could|able|can|would|which|from|at|else
        is there HUMAN|STAFF
        hello|hey|hi|oi|^|<|please SOMEONE|HUMAN|FOLK there|home|here|alive|about|in|around|listening there|here|home|please|$|.|?|!
        can|could|please|would SOMEONE alive|awake|living
        is|isnt NAMED around|about|there|in|here|free|online|working|on please|today|now|here|shift|duty|?|$|.|this|at|right
        do|dont|does|have|havent you|u|they not? have|got|employ|keep|any any|even|some|actually|not|a? HUMAN|SOMEONE
        do|dont|havent you|u|they not? have|got any|even|some? SOMEONE|STAFF|FOLK|OFFICE i|we|to|who|that|there|working|here
        where|wheres|how|hows is|are|can|could|do|does|might|to|all|would i|you|one|we|a|all? get|find|reach|contact|speak|see|access|have|the|meet|hold|message|bring|talk|chat|raise|stuff|a * to|of|with|hold? HUMAN|FOLK|STAFF
        where|wheres|how is|are|the|all? * HUMAN|FOLK|STAFF at|here|please|gone|$|.|?|hiding|when
        what|which|how|who|where do|does|button|word|number|must|is|key|option|much|long|many|can|to * get|gets|bring|brings|reach|reaches|takes|take|summon|talk|speak me|us|to|it|with|hold|for|through|of? to|with|of? WHO
        get|getting|got|come|break|go|be|went through to|with WHO|OFFICE|you
        let|have|get|can|could|will|would|may|might|make|ask|want|need|like|if|that HUMAN|FOLK|STAFF please|just|actually|to|really|maybe|kindly|not|be? able|willing|free? to? {_HELP}
        let|have|get|can|could|will|would|may|make|ask|want|need|like|if NAMED please|just|to|maybe|kindly? {_STEP}|help|answer|look|reply
        let|have|can|could|will|would|may|want|need|like|please|if|get|can them|SOMEONE please|just|actually|to|maybe|kindly|not|personally? {_STEP}
        let|have|get|ask|make|like|want|need SOMEONE REAL|to? contact|reply|look|deal|answer|read|check|handle|sort|have
        can|could|will|would|may SOMEONE REAL|human|in|else|please contact|in|help|answer|look|deal|reply|person|talk|speak|explain *
        HUMAN|FOLK|SOMEONE|STAFF needs|should|must|has|need|ought|have * to? TALK|speak|see|read|handle|decide|take|join|look|check to|at|this|it|me|over|with|my|us
        SOMEONE TALK|answer|help me|us|to|here please|ffs|now|already|$|me|us|!
        SOMEONE|FOLK|HUMAN please|pls {_HELP} to|me|us|at|with|over|in
        {_NEEDS} HUMAN|FOLK|STAFF
        job|case|matter|question|something|one|task|this|problem for HUMAN|FOLK|STAFF
        help|assistance|support|answer|reply|response|input|advice|answers|attention from|by|of HUMAN|FOLK|STAFF
        HUMAN|real|live|personal|person|FOLK|human eyes|touch|input|attention|judgement|help|support|assistance|chat|contact|service|assistant|interaction|operator|response|reply|conversation|dialogue|on|look {_PLEASE}|this|it|with
        HUMAN OFFICE {_PLEASE}
        human|real|live|proper|personal support|help|assistance|chat|service|assistant|interaction|contact {_PLEASE}
        WANT|like|get|some|have human eyes|touch|input|attention|judgement|help|support|assistance|contact|oversight
        deal|dealing|interact|interacting|communicate|liaise|converse|correspond with WHO|OFFICE
        HUMAN|FOLK|SOMEONE|STAFF now|instead|rather|pls|immediately|asap|else please|$|.|!|?|now
        HUMAN|FOLK now|instead|rather|pls|immediately|asap|ffs|already
        STAFF now|instead|rather|pls|asap
        < {_PRE}? {_PRE}? HUMAN|STAFF|FOLK please|pls|plz|$|.|?|!|then|for|instead|if|now|not|from|who|HUMAN|STAFF|FOLK
        < {_PRE}? HUMAN this time
        < {_PRE}? {_PRE}? SOMEONE {_NOW}
        < {_PRE}? OFFICE please|PLEASE|now|instead
        please|pls|enough|BOT|program|computer|machine|you|person|again|stop|now|instead HUMAN|FOLK $|.|please|!|?|now
        HUMAN PLEASE|please|not
        FOLK|STAFF|SOMEONE PLEASE|please $|.|!|?|not
        NOT a|an|the|some|with|to * BOT|program|computer|machine|software HUMAN|FOLK|STAFF|SOMEONE
        HUMAN|FOLK|STAFF|SOMEONE not|and not? a|an|the|to? program|BOT|computer|machine|software|recording
        HUMAN|FOLK|SOMEONE instead|rather of|than? *
        skip|bypass|avoid|drop|ditch|lose|cut|past|round|around|escape|leave|circumvent the|this|your|a|all|out|past? the|this? BOT|robots|robot|automated|automation|machine
        out|rid of|from this|the|your? BOT and|to|then
        no more BOT
        are|am i|me allowed|able to {_SPEAK} {_TO} WHO|OFFICE|NAMED
        ^ {_PRE}? {_PRE}? live|real chat|support|person|help|human $
        < switch|change|go|move|turn me|us|over? to live|human|manual|real *
        customer support|service|care|services person|team|line|desk|agent|rep
        ^ customer service|services|support|care PLEASE? $
        < {_PRE}? live OFFICE|chat|help|help {_NOW}
        ^ staff|manager|colleague|employee|operator|advisor PLEASE|please? $
        ring|phone|call me? back? with? HUMAN
        call me HUMAN
        can|could|may|might|let i|me just? ring|call|phone|contact|message WHO|OFFICE
        kindly connect|transfer|put|arrange *
        press|zero|NUMBER|0|dial for|to operator|agent|human|HUMAN|STAFF
        quiero|quisiera|puedo|necesito hablar con una|un|alguien
        parler a|avec un|une|quelquun
        mit einem menschen|mitarbeiter
        """, """
        are|r|u|is|if|whether you|u|this|it|that|am|i|not|pip? really|actually|NOT|even? HUMAN|FOLK $|.|?|or|now|right|at|on|then
        are|r|am|i|im|youre really|actually|NOT|even? HUMAN|FOLK
        are|r you|u|ya really|actually|NOT|even|the|pip? HUMAN|FOLK
        am|was|were i|we TALK|speak|talking|speaking|chatting to|with WHO|OFFICE
        < do|did|have i|we TALK|speak|spoken to|with WHO
        is|are|am|was HUMAN right now
        thought|think|thinking|believe i|we was|am|were|im|had talking|speaking|chatting to|with WHO
        youre|ur|your|not|isnt NOT|really? HUMAN $|.|?
        behind|writing|typing|answering this|these|that|it|your|the *
        HUMAN|FOLK behind|typing|writing
        NOT HUMAN|FOLK are|is|am
        HUMAN|FOLK|STAFF|human|real or BOT|software|computer|machine|HUMAN|program|NOT|only|you|a|an|the *
        BOT|computer|machine|automated|software|program|you|it or HUMAN|FOLK|STAFF|real
        do|does|must|should|would|did he|she|it|people|they|customers|you|does need|require|ever|often|always to|ask|want? WHO|TALK
        do|does|would he|she|it|they have to? WHO|TALK
        do|does|how people|customers|FOLK|anyone ever|often|usually|normally? ask|want|get|like|to|have * TALK|WHO
        do|must|should|would i|we|one really|always? have|need|require|must to? WHO|TALK|see|get *
        NOT|without|no|nobody|hardly|nor|rather WANT|need|needs|wish|like|have|got|going|prefer|require|to * talk|speak|speaking|chat|connect|deal|get|be|to|with|for|involve|WHO|reply|see * to|with|for? WHO
        NOT|without|never|nobody|nor|no WHO $|.|?|thanks|thank|cheers|today|for|needed|required|necessary|just|only|please
        no WANT|need for|of|to|a *
        dont|not|without|never please|to|you|be|bother|be|let|have|even|ever? put|transfer|connect|pass|escalate|escalating|TALK|talking|speaking|get|call|bring|involve|involving|fetch|bother|send|offer|hand|drag|wake|disturb|asking|say|want *
        never|didnt|not said|say|asked|ask|wanted i|for|that|to * TALK|WHO|to *
        NOT|never|dont ask|asked|asking|looking|need|want|require|wish|said|request|requesting * for|to|i|be|an|WHO *
        NOT|never|no need|worth|necessary|point|reason|use * bothering|to|getting|in|for|of|bother *
        no|without HUMAN|FOLK|STAFF|people needed|required|necessary|thanks|thank|involved|today
        ^ no|nope|nah thanks|thank|cheers|ta you? no|HUMAN|WHO *
        rather|prefer|sooner|better not to? *
        carry|go|stay|continue|keep|manage on|going|with|here? without *
        rather|prefer|happy|happier|better|like|fine * you|BOT|this|here|it than HUMAN|WHO|FOLK
        than|not WHO $
        happy with you *
        TALK to|with WHO yesterday|earlier|before|last
        SOMEONE who|that TALK
        when|after|before|because|since|while|once|until|where i|we|they|you|she|he|ive|had * TALK|spoke|had|get|asked|put|speak|spoken|talked|told * to|with|on? WHO
        spoke|talked|chatted|spoken|told|met|complained|discussed|explained|used|emailed|wrote * to|with|it|talk|speak? WHO|TALK
        i|we|ive|already|just|he|she|they|husband|wife|friend|OUTSIDER had|got|was|were|been|wast|did a|an|some|the|put|passed|transferred|connected|already|nice|lovely|quick|long|short * WHO|with|through *
        they|she|he|STAFF|SOMEONE connected|transferred|put|passed|got|gave|handed|escalated|sent me|us|us|it|this|him|her|a *
        already had|have|got|done|did * WHO|with *
        i TALK to|with WHO last|yesterday|earlier|before|already|who|and
        maybe|perhaps|possibly|probably i|we|iwill|will|need|want will|might|may|can|could? * TALK|need|want|ask|ring|speak|see|get *
        < i|we might|may TALK|need|want|ask|ring|speak|see|get *
        < i|we will|may|might * WHO|TALK * when|if|as|once
        TALK * NAMED|STAFF|FOLK|SOMEONE when|once
        TALK * NAMED|STAFF|FOLK|SOMEONE if i|it|they|the
        i|we|ill|iwill|wewill will|may ask|see|come|talk|speak|tell|go|ring|need|want|visit|pop * WHO|to|in|and * to|with|the? WHO|TALK
        iwill|ill|wewill ask|see|come|talk|speak|tell|go|ring|pop|check|want|try * and|with|in|to? * WHO|TALK
        WHO|TALK|OFFICE * another|some|next|later|tomorrow|on day|time|week|month|saturday|monday|sunday|friday|wednesday|thursday|tuesday|if
        WHO|TALK later|sometime|someday|eventually
        if|when|unless|should|until|in it|they|this|that|the|he|she|nothing|case|there|something * * want|need|have|ask|speak|talk|get|ring|see * TALK|WHO|to *
        what|which happens|happen|changes if|when i|we|one|you ask|want|get|need|asked *
        do|does|did|how|can people|customers|others|anyone|they|often|many ever|often|usually|people|really? ask|want|get|speak|talk|need *
        to|one|WHO|someone|person|people|SOMEONE|FOLK i|we can|could|can TALK to|with if|when i|we|you|needed *
        good|nice|great|glad|lovely|kind|sweet to|there|that|knowing|having|how|were|was|is|are|it|you * know|have|there|talk|WHO|speak|talking|be|is|are *
        was|were|is|been nice|lovely|good|great|kind|pleasant to *
        used to TALK *
        SOMEONE|STAFF|FOLK left a|me|the|it|one|something|them|my
        WHO|human answered|replied|helped|told|said|was|were|did|delivered|emailed|sent|wrote|promised|came|opened|nicked|stole|packed
        WHO already *|pack|recommended|called|phoned|rang|signed
        HUMAN|FOLK|STAFF|OFFICE wrote|pack|packs|taste|still|open|job|course|number|email|phone|starts|hours|are|were|was|is
        thanks|thank|cheers|thankyou you|to|him|her|them? for|WHO|NAMED * WHO
        tell|say|give|send|pass|regards hello|hi|thanks|my|our|love|greetings|regards|best|well|on|the * to|WHO|NAMED *
        thank WHO|NAMED
        NOT think|believe|suppose|guess|reckon i|we|id|it WANT|need|require|wish|needs|like *
        ^|<|please|and tell SOMEONE|NAMED
        tell|thank STAFF|NAMED|OFFICE|your|FOLK you|he|she|they|are|were|its|its|youre|that|how|theyre|i|we *
        sound|sounds|seem|write|act|look|behave|type|talk|speak like HUMAN|FOLK
        shouted|shouting|says|wrote|write|yelled|sign|banner|button|reads|called|labelled|screaming|song|saw * ask|get|speak|talk|HUMAN|WHO|a|an *
        SOMEONE|FOLK|STAFF|NAMED|WHO to? ring|call|phone|telephone|rings|calls|ringing|calling me|us|back|you|him|her|my|on
        SOMEONE|FOLK|STAFF be? home|sign|to|at|collect|gift|present|present|use|in home|sign|be|collect|taste|drink|pay|a|for|gift|pick|the|to
        another|different|other person|people|customer use|pay|collect|sign|home|have|share
        about|three|four|five|six|many|bring|invite|gift|present for? FOLK|SOMEONE|people
        for FOLK|SOMEONE who|that|with|at|in|if|over *
        gift|present|something|coffee|blend|bring|buy|book|invite for|to WHO
        bring|invite|gift|present SOMEONE|FOLK to|along|with|who|for|$ *
        FOLK|SOMEONE|WHO with|who|whos|that a|an|has|have|only|loves|love|likes|drinks|is|like|allergy|nut|roasts|packs|delivered * allergy|allergies|nut|coffee|tea|everything|decaf|drinks|visa|vegan|coeliac
        leave|give|hand|gave|left|deliver|delivered|sign|signature|collected|donated|transfer|gift|given|post|pass|pass|sent|send * it|them|one|subscription|points|parcel|card|with|code|from|order|to|package * to|with|from|at SOMEONE|OUTSIDER|FOLK
        courier|driver|postman|COURIER|neighbour|husband|wife|KIN|OUTSIDER|lady|mother|customer * to|hand|give|gave|wants|want|spoke|talk|speak|leave|ask|asked|it|with|needs|signs * to|with|it|from? * WHO|OUTSIDER
        who|name|what|email|number|address is|are|of|s|for the|your|of|name * WHO|OFFICE
        phone|email|telephone|mobile|postal? number|address|email|hours|name of|for|to WHO|OFFICE
        people|staff|person|FOLK|STAFF|hiring|looking|job|vacancy|work|vacancies|become|cv|apply|hire|recruiting for|wanted|as|a|needed|to|your|with|in * the|a|cafe|shop|barista|team|job|staff|manager *
        do|are|if you|u|they need|looking|hiring|recruiting|want|seeking for|any|more|to? *
        does|do|did|has HUMAN|FOLK|STAFF|SOMEONE|NAMED check|pack|roast|taste|speak|work|ever|accept|have|sell|get|read|live|answer|use|need
        do HUMAN|FOLK|STAFF|OFFICE
        which|what|how|when|where|many days|people|hours|is|are|times|do|does|much|time|often * STAFF|FOLK|OFFICE|WHO|team|agents in|work|open|at|on|come|there|available|closed|working|the|your|for|need|serve|roast
        are|is WHO|agents|OFFICE|STAFF|HUMAN|FOLK * available|there|in|open|working|around|free|on|trained|at|paid|allergic|off|human * on|at|in|over|during|weekends|sundays|or|for|to the|a|christmas|weekend|only|sundays|saturdays|holiday|cafe|week|decaf|allergy
        are|is WHO|STAFF|HUMAN|FOLK on|paid|trained|allergic|allowed|kind|nice|vegan|friendly holiday|holidays|well|fairly|to|a *
        are there FOLK|people allergic|in|on|who *
        only|just for FOLK
        offer|offered|offering me|us WHO
        is there SOMEONE|FOLK|HUMAN named|called|famous|limit *
        SOMEONE|FOLK know|use|allowed|check|had|tried|heard
        can|could|may|will|is|does|would|if|has SOMEONE|FOLK else|at|other? tell|collect|use|return|pay|come|drink|buy|know|join|order|sign|be|have|phone|call|allowed|explain|confirm|recommend
        put|get me|us in touch with a? recipe|NAMED|roaster
        how|when do|does|did you|he|she|it get through *
        safe|in|through|from|wrong the|a|other|right|good|your FOLK|people|HUMAN hands|hand
        WANT|like FOLK|SOMEONE|STAFF at|to home|be|sign
        WANT|like to|be|become WHO $
        in|at|visit|come|came|to the|your|to|and|into * TALK|ask|asked|see * to? STAFF|WHO|NAMED myself|in|there|about|on|at|who
        WANT|have|has|had|got HUMAN visa|fee|number|at
        who do|can|should i|we contact|tell|ask about|for
        where|how|what|wheres|hows is|are * OFFICE
        where is|are STAFF|OFFICE|THING
        phone|telephone|video call|appointment|meeting *
        how|where can|do|could i|we|you reach|contact|find|connect OFFICE
        how to connect|contact|reach|find with|to? OFFICE|STAFF
        ^ is|are HUMAN reading|writing|typing|answering this|these|that|it? $|?|.
        is there? SOMEONE|STAFF there? after|before|on|at|from|until|in|around
        who|which is|are STAFF|OFFICE|HUMAN
        how|when did|would|do i TALK to SOMEONE about becoming
        TALK to SOMEONE to|for * cancel|order
        is HUMAN your|a|the|an|still
        human|humans|HUMAN|people test|taste|tasted|made|make|readable
        """, negatable=False, joined=True),
    Phrase("declines_person", "does not want a person", 0.0, "neutral", """
        NOT want|need|wish|have to? TALK|a|an|any|be to|with|REAL? a|an|any|REAL? PERSON|ANYONE
        NOT need|want me|us|you to? put|transfer|connect|pass|TALK|get
        dont|not|never put|transfer|connect|escalate|pass me|this|it|us?
        no need to|for|of|a * PERSON|TALK|escalate|ANYONE
        no|without PERSON|humans|people needed|required|necessary|thanks|thank|involved|today
        rather|prefer not to? TALK|speak|escalate|a
        rather|prefer|happy to? chat|talk|carry|stay|keep|continue on? here|with|to you|the|this BOT|on|here
        NOT a PERSON
        """, negatable=False),
    Phrase("declines", "says no", 0.0, "neutral", """
        ^ no|nope|nah|naw thanks|thank|need|ta|cheers|its|im|not|ill|that|i? you|fine|ok|okay|now|yet|will|dont|please? * $
        ^ not now|yet|today|really|necessary PLEASE? $
        iwill|ill just? manage|cope|wait|figure|try|sort|leave
        can|will manage|cope
        ^ its|im|it|thats is? fine|ok|okay|alright PLEASE? $
        no need
        ^ maybe later
        """, "no|nope|nah its|that|it is? NOT|still|wrong", negatable=False),
    Phrase("agrees", "says yes", 0.0, "neutral", """
        ^ yes|yeah|yep|yup|ya|sure|ok|okay|aye|definitely|absolutely|please|alright|fine|go please|thanks|PLEASE|on|ahead|do|then|that|id|i|lets? please|then|would|like|do|go|help|be|good|great? * $
        """, "yes|yeah|ok|okay|sure|fine|please but|NOT|no|dont ; night|bye|goodnight|later|cheers|brill", negatable=False),
    Phrase("bot_refusal", "does not want to talk to a bot", 0.45, "frustrated", """
        NOT want|wanna|wish|like|talk|talking|speak|speaking|deal|chat|going|gonna|interested|chatting to? talk|talking|speak|deal|dealing|chat|type|chatting|with|to|an|a|explain|repeat|waste? * BOT|machine|computer|algorithm|script|recording
        refuse|refusing to talk|speak|deal|use|chat|engage|discuss *
        NOT want|need|like a|an|the|this|your|another|some|to * BOT|machine|recording
        stop|enough|no|done|sick|tired|finished|fed of|with|up|having|talking|chatting? with|to|of? the|a|an|this|your|these|talking? to? BOT|robots|automated
        no|stop more? BOT PLEASE|please|$
        NOT a|an|another|some BOT $
        human|person|someone not|and|no not|no? a|an|another|some? BOT
        get|take rid|off|me of|away|this|off|out|the? from? this|the|your? BOT
        anything but a|an|this BOT
        turn|switch off? this|the|that BOT off?
        rather|sooner talk|speak|chat to a wall|brick|toaster|human|person *
        """, """
        NOT|no know|sure|realise|realize|think|mind|care *
        NOT want|like|need a|an|the|this|your|to * machine|espresso|coffee $
        NOT know|mind this|talking|it|you
        NOT want|need|like a|an|the|this|your? coffee|espresso|new|bean|pod|that *
        """, target="bot", negatable=False),
    Phrase("bot_challenge", "asks whether this is a bot", 0.0, "neutral", """
        are|r you|u|this|yous a|an|really|actually|just? REAL|REALLY|human? BOT|PERSON|human|machine|computer
        is|are this|it|that|there|i a|an|just|some|really|actually? a|an|REAL? BOT|PERSON|human|automated
        am i talking|speaking|chatting to|with a|an? REAL? PERSON|BOT|machine|human
        PERSON|human|real or a|an? BOT|machine|robot
        BOT or a|an? REAL? PERSON|human
        """),
)
