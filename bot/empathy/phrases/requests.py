"""Asking for a person, declining one, and refusing the bot."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

REQUESTS = (
    Phrase("explicit_request", "asks for a person", 0.15, "neutral", """
        TALK|talking|speaking|chatting to|2|with|w a|an|the|your|any|my? * PERSON
        call|chat|word|conversation with a|an|one|some|any of? your|the? people|team|staff|colleagues|humans|PERSON|colleague
        TALK to|2|with|w a|an|one|some|your|any of? your|the? people|team|staff|colleagues|colleague|humans
        TALK to|2|with|w whoever|whomever
        ANYONE|PERSON with authority|sense|power
        ANYONE|PERSON in charge|senior|competent|qualified|higher|responsible
        ANYONE|PERSON|people who can|could|will|actually|really|is actually|really|properly|be? decide|fix|sort|understand|understands|helps|listens|human|allowed|able|solve|authorise
        a|one|some colleague|colleagues|PERSON of|from? yours|your|the? team? take|jump|step over|in
        have|let|ask|get ANYONE|colleague contact|reply|respond|look|deal|help|answer me|us|to|at|with|back|this|it|in
        customer support|service|care|services PERSON|team|line|desk
        any|some humans|people|staff left|around|working|there|here
        TALK|talking|speaking to|with|w a|an|your|some? REAL|REALLY PERSON|one|ANYONE|staff|people|body
        TALK to|2|with|w ANYONE
        TALK to|with ANYONE REAL|human|else|there|proper|in|at|from|who|about|please|PLEASE
        TALK to|with customer|support|your|the|a service|support|care|team|staff|people|boss|management|department
        TALK to|with customer|support|your|the|a customer|support|sales|care|service|human|real service|team|care|staff
        TALK to|with staff|support|people|management|humans
        TALK PERSON
        who can|do|should|could|might i TALK to
        get|give|fetch|find|send|bring|connect|transfer|pass|put|hand|forward me|us|this|it? to|with|through|on|over|onto? to|with? a|an|the|your|any|another|some? REAL|REALLY|proper|different? PERSON
        get|give|fetch|find|bring|connect|transfer|pass|put me|us to|with|through|on? to|with? a|an|the|your|any|another * PERSON
        get|give|fetch|find|connect|bring me|us? to|with? ANYONE REAL|human|else|proper
        put|transfer|connect|pass|patch me|us through|over|across
        connect|transfer|escalate|pass|put me|us|this through|on|over? to? PLEASE|$
        connect|transfer|escalate|pass|put me|us|this through|on|over? to|with your|a|an|the|another|some? * team|colleague|colleagues|staff|department|service|support|human|somebody|someone
        escalate this|it|my
        put|get me|us in|through touch|contact with|to
        WANT|like|let|get|give|put|pass|transfer|connect|transferred|connected|passed|speak|talk|chat|speaking|talking|chatting|contact|reach|message|deal|dealing|appreciate * * a|an|your|the|some REAL? STAFFER
        WANT|like|let|get|give|put|pass|transfer|connect|transferred|connected|passed|speaking|talking|chatting|contact|reach|deal|dealing|appreciate * * REAL PERSON|people
        to|and|me|us to|over a|an|your REAL? PERSON $
        let|have|want|need|get|make a|an|your|some REAL? PERSON to? handle|take|deal|see|check|read|sort|look
        can|could|may|might|let i|me just? ring|call|phone|contact|message|get ANYONE
        ANYONE to TALK to
        ANYONE from|in|at|on your|the|customer|support team|staff|side|end|company|support|office|service * contact|call|look|help|reply|answer|get|ring|email|take|read
        word with|to your|a|the|an|some? PERSON|ANYONE
        i said|meant|asked|asking|want|wanted|need|needed for|to? TALK? to? a|an|the? REAL? PERSON PLEASE|.|$
        a|an REAL? PERSON . PLEASE|please
        pass|put|connect|transfer|get me|us through|over? to|on customer|the|your|some? service|care|support|helpdesk|services|department
        please|PLEASE transfer|connect|escalate me? $
        transfer|connect|escalate me? please|PLEASE $
        get|fetch|find|bring your|the|a boss|manager|supervisor|superior|colleague|human
        get|getting|got|come|break through to|with ANYONE|PERSON|staff|people|a|an|your|you
        in touch with ANYONE|PERSON|staff|a|an *
        speak|talk|chat to|with|2? your boss|team|people|staff|colleague|colleagues|lot
        switch|move|change|swap me|us|this? over? to a|an|the|your? REAL? PERSON
        hand|pass|give|take this|it|me over? to a|an|your|some? colleague|human|person|team
        REAL? PERSON now|instead|rather|pls|immediately|asap
        PERSON instead|rather
        need|want|wanna|get|gimme|require REAL? PERSON help|support|assistance|now|here|instead|to
        WANT|get a|an|some|to? speak|talk|have|see? to|with? a|an|the|your? REAL|different|proper? PERSON
        WANT|get|have|like|give|see a|an|one|some REAL|live|human PERSON|one|body|being|people
        WANT|like|get|have|prefer a|an PERSON
        WANT|like|prefer PERSON PLEASE|help|support|$
        WANT|like to deal|communicate|chat|liaise|interact|converse with a|an|your? REAL? * PERSON
        rather|prefer deal|communicate|liaise with a|an|your? REAL? PERSON
        gimme a|an|the|some? REAL? PERSON|ANYONE
        where|wheres|how is|do|are|can i? get? a|an|the REAL? PERSON
        WANT ANYONE REAL|human
        need|want ANYONE to TALK to
        can|could|may|might i have|get|see|contact|reach|message|ring a|an|your|any REAL|live? PERSON
        how|where do|can|could i get|reach|contact|find|see|access a|an|your|any? REAL|live? PERSON
        how|where do|can|could i get|reach hold? of|to ANYONE|staff|you
        is|are|isnt|arent there a|an|any|some|no? REAL|other? PERSON|people there|here|available|around|online|free|about|i|we|who|on|to|at|PLEASE|$
        is|are|isnt|arent there a|an|any|some|no? REAL|other? PERSON there? in
        any|some REAL? PERSON there|here|available|around|online|free|about|PLEASE|$
        is|are there? ANYONE REAL|human|there|actually|alive|available|around|home|manning|on
        is|isnt there ANYONE|PERSON i can|could|may actually|please|just|maybe? TALK|message|ask|contact
        is anyone|anybody|someone there
        hello? ANYONE there|home $
        ANYONE REAL|human|actual there|here|please|PLEASE|help|$
        have|let|ask|get|tell|make a|an|your|some? REAL|ANYONE|proper? PERSON call|ring|phone|contact|help|message|email|look|answer|reply|take|read|deal|sort|to
        have|let|ask|get ANYONE REAL|human|else call|ring|phone|contact|help|message|look|answer|reply|take|to
        can|could|will|would|may ANYONE REAL|human|in|else? phone|ring|call|contact me|us
        can|could|will|would a|an|your|any? REAL|proper? PERSON please|just|actually? help|call|ring|phone|contact|look|answer|reply|take|read|deal|sort|speak|talk|step|check|message|tell|respond|assist|handle
        ^ i? hi|hello|hey|ok|no|yes|just|please|so|right|um|well? a|an|the|any|real? REAL? PERSON $
        < PERSON PLEASE|please
        < REAL|live|human PERSON PLEASE|$
        ^ PERSON PERSON|being? PLEASE|please|help|support|$
        please|PLEASE a? REAL? PERSON $
        a|an REAL PERSON PLEASE? $
        a member of staff|your|the
        ^ customer service|services|support|care|rep PLEASE? $
        WANT a|an|your? customer service|support|care rep|PERSON|person|team
        human|live|real|person|personal support|help|assistance|contact|chat|service|assistant|interaction PLEASE|$|now
        PERSON being please|PLEASE|$
        speak|talk to a|an|your? breathing|flesh|carbon|sentient *
        ANYONE with a pulse|heartbeat|brain
        REAL|actual|living|proper life? PERSON PLEASE|$
        call|get me a|an|your? REAL? PERSON
        ring|phone|call me? back? with? a REAL PERSON
        help from|by a|an? REAL? PERSON|PERSON
        deal with a|an? REAL PERSON|one
        where|wheres is|are|the? all? the|a|an|your? REAL|actual PERSON|people
        give|pass|hand this|it|me over? to a|an|your REAL? PERSON|colleague|team|staff|boss
        kindly connect|transfer|put|arrange *
        quiero|puedo hablar con una|un|alguien
        parler a|avec un|une|quelquun
        mit einem menschen|mitarbeiter
        """, """
        are|r|u|is|if|whether you|u|this|it|that|am|i|not? really|actually|NOT? a|an|the? REAL|live|human? life? PERSON|human
        am|was|were i TALK|talking|speaking|chatting to|with a|an|your? REAL? PERSON|one|ANYONE
        thought|think i was|am|were|im talking|speaking|chatting to|with a? REAL? PERSON
        youre|ur NOT? a|an REAL? PERSON
        are|not|really a|an REAL? PERSON
        PERSON or a|an? BOT|computer|machine
        BOT|computer|machine|automated|now or a|an? REAL? REAL? PERSON
        do|does|must|should|would i|he|she|it|we have|need|require to? a|an|any? PERSON|TALK
        did i? get|have|TALK *
        NOT|without|no WANT|need|wish|like|have to? talk|speak|chat|connect|deal|get|a|an|any? to|with? a|an|any|the? REAL? PERSON|ANYONE
        NOT want|need|have|wish to? TALK|a|an|any|PERSON|ANYONE
        NOT need|want me|us|you to? put|transfer|connect|pass|get
        dont|not|never|without put|transfer|connect|pass|escalate|escalating|TALK|talking|get|call
        no need to|for|of * PERSON|TALK|escalate
        rather|prefer not to? TALK|a|speaking|escalate
        no|without PERSON|humans|people needed|required|necessary|thanks|thank|involved|please|today
        TALK to|with ANYONE|PERSON yesterday|earlier|before|last
        someone who|that TALK
        when|after|before|because|since i TALK|spoke to|with *
        i TALK to|with a|an|my|your PERSON|friend|ANYONE last|yesterday|earlier|before|already|who|and
        per PERSON
        have|has|had|got a|an PERSON visa|fee|number|who|in|at
        PERSON visa|fee|fees|manual|error|handbook|mug|resources|rights|consumption|resource|special|choice|blend
        let|ask|tell|have my|his|her|our * PERSON
        yesterday|earlier|last|ago * PERSON
        PERSON yesterday|earlier|before
        thanks|thank|cheers you? for *
        TALK to ANYONE to|for *  cancel|order
        talk|sound|sounds|seem|write|act|look|behave like a|an REAL? PERSON
        NOT need|want help|anything|it|that from|by a|an? PERSON
        put|get me|us in touch with a? recipe|the roaster|roaster
        how|when do|does you|he|she|it get through *
        safe|in|through|from the|a|other? PERSON|people hands|hand
        WANT a|an PERSON at|to home|be|sign
        WANT a|an|to be|become a|an PERSON
        can|could ANYONE phone|call me a
        a|an|the my|estate|travel|letting|insurance PERSON
        my|estate|travel|letting|insurance|booking|cleaning|wholesale|customs PERSON
        how|when did|would|do i TALK to ANYONE about becoming
        """, negatable=False),
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
        """, "yes|yeah|ok|okay|sure|fine|please but|NOT|no|dont", negatable=False),
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
