"""What the trouble is about, and whom: no distress of their own."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

TOPICS = (
    Phrase("late", "the parcel is late", 0.0, "neutral", """
        late|delayed|delay|overdue|delays
        NOT|never|hasnt arrived|turned|came|come|shipped|here|delivered|received|moved|shown|had|got up|yet|my|it|the|anything?
        nothing|none has|have|is|of|it|them? come|arrived|turned|here|showed|delivered
        never|NOT|no turned|showed|sign|trace up|of
        was|were|is to|supposed|meant|due to? come|arrive|be|on|here|yesterday|last|get
        should have|of arrived|been|come|had|got
        still|been no|waiting|not|on|shipped|stuck parcel|order|delivery|for|here|arrived|coffee|sign|the|beans|subscription *
        stuck in|at transit|customs|depot|the
        last|three|NUMBER|COUNT|a|two|another SPAN late
        """, "NOT late|delayed * ; late at|night|shift|for|to|husband|wife|mother|father|KIN|delivery|hours|morning|in|fee|opening"),
    Phrase("damaged", "something arrived broken", 0.0, "neutral", """
        damaged|broken|smashed|cracked|shattered|dented|leaking|leaked|torn|ripped|crushed|burst|faulty|defective|split|chipped|bent|mouldy|moldy|stale|rancid|ruined|soaked
        NOT turn|switch|heat|work|working|grind|start|charge on|up|properly|anymore|since|at?
        stopped|stops working|grinding|heating|turning
        broke
        """, "link|password|site|website|page|code|app|login|email|button|checkout|card|voucher|coupon|discount|payment|form|it * NOT work|working|load|open ; NOT broken|damaged|smashed ; ripped|broken off|promise|promises|heart"),
    Phrase("wrong_item", "the wrong thing came", 0.0, "neutral", """
        wrong|incorrect item|coffee|order|beans|grind|size|bag|bags|thing|things|product|one|blend|colour|roast|parcel|box|up
        NOT what i|we ordered|asked|wanted|paid
        sent|got|received|delivered me|us? NUMBER|the? wrong
        sent|got|received|delivered|gave * * * instead
        you|they|youve sent|gave me|us? decaf|pods|tea|caffeinated
        sent|got|received|gave|have|given me|us|the? wrong|somebody|decaf|someone|another|ground|beans|whole * instead|wrong|elses|order
        """, "is|am i|it the|in|on|choose|pick|select? wrong|different"),
    Phrase("missing_item", "something is missing", 0.0, "neutral", """
        missing from|in|item|bag|one|a|the|two|half|parts|part
        is|are|was|were|went|gone missing
        only|but|just came|got|received|NUMBER|one|two|half|COUNT|arrived of|the|one|bag|half|two|COUNT|my|arrived|came *
        NOT|nothing in|inside the|my box|parcel|bag|package
        empty box|parcel|package|bag
        half my|the|of order|box|parcel|it
        """),
    Phrase("refund_trouble", "the refund has not come", 0.0, "neutral", """
        refund NOT|has|hasnt|still|was|never|is|isnt|didnt|declined|refused|late|yet * NOT|arrived|declined|refused|come|yet|showed|nothing|came|been|late
        still|no|NOT|where|wheres|waiting|never|chasing|owed|had|without is|no|been|not|got|waiting|my|received|had|on|for? my|a|the|no|any|for? refund
        wheres|where is? my money
        want|give|need my|me money|refund back
        """, "NOT want|need * refund"),
    Phrase("access_trouble", "cannot get into the account", 0.0, "neutral", """
        locked out
        cant|NOT log|login|sign|get|access|reset|work|receive|find in|into|on|my|the|working? *  account|login|password|email|link|in|code
        reset|password|login|link|code|sign link|email|page|reset|in|code? still|just|keeps|NOT|is|says|expired|also? NOT|work|working|invalid|expired|fails|failing|broken|wrong|doesnt|says|arrive|arrived|coming
        """),
    Phrase("cancel_trouble", "cannot cancel", 0.0, "neutral", """
        cant|NOT|unable|impossible|trying|let|how|tried to|me|able|let|do|i|been? cancel|cancelling|stop|unsubscribe
        cancelled|paused|stopped * but|and|twice|yet|still|weeks|already *
        """, "how do|can|to|would|could i|you? cancel|stop|unsubscribe|to|pause"),
    Phrase("trouble", "something does not work", 0.0, "neutral", """
        grinder|machine|kettle|it|frother|scale stops|stopped|leaks|crashes|freezes|jams|jammed|rattles|overheats *
        NOT work|working|worked|load|loading|open|opening|go|going|let|accept|accepting|apply|show|showing|updating|save|saving
        error|problem|issue|fault|failed|failing|fails|crashes|crashing|broken|stuck|glitch|trouble
        gone|goes|went wrong
        something|its|theres|this|that|thats wrong
        declined|rejected|refused
        """, "no problem|problems|issue|issues|trouble|worries ; NOT a|an? problem|issue|trouble"),
    Phrase("elapsed", "it goes on", 0.0, "neutral", """
        COUNT|NUMBER|a SPAN|week|month ago|already|now|late|later|since
        for|over|nearly|almost|after COUNT|NUMBER SPAN
        been COUNT|NUMBER|ages|weeks|months|days|fifteen
        still
        since monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|christmas|last|the|i
        """, "in COUNT|NUMBER|a SPAN ; can|could|may|do|does|is|are|will|would|if|am i|you|it|we|they|the|my|that? still"),
    Phrase("high_value", "a lot is at stake", 0.0, "neutral", """
        #|10|12|20|dozen|hundred guests|people|staff|covers|employees|attendees
        #|12|20|dozen|hundred kilos|kg|boxes|units|bags
        #|12|20|dozen|hundred gift|wrong|broken|damaged|small|big|wedding boxes|bags|mugs|kettles|cups
        hundreds|thousands of? pounds|quid|euros|guests|people
        wedding|conference|corporate|catering|wholesale|funeral|launch order|orders|favours|gifts|day|on|is|account|delivery|supply|tomorrow|this|in
        for my|our|the|his|her wedding|cafe|restaurant|conference|event|opening|business
        big|huge|large|massive|bulk|enormous order|sum|amount|expense
        """),
    Phrase("third_party", "about somebody else", 0.0, "neutral", "COURIER\nroyal mail\nmy boss|ex|landlord|bank|colleague|KIN|job", "your courier|drivers|driver|postman|bank ; COURIER you|company use|used ; bank details|account|holiday|card|transfer|statement"),
    Phrase("self_blame", "blames themselves", 0.0, "neutral", """
        my own? fault|mistake|bad|error|typo|stupidity|silly
        silly|stupid|daft|foolish of? me
        im|am|i so|such|a|an|really|just? a|an? idiot|stupid|silly|useless|hopeless|muppet|moron|dumb|daft
        i messed|cocked|screwed up
        """),
)
