"""Loss, illness, hardship, loneliness, worry and deadlines."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

LIFE = (
    Phrase("grief", "has lost somebody", 0.45, "sad", """
        passed|pased away|in|on|last|suddenly|this|recently|peacefully
        KIN|he|she|who|they just|recently|sadly|suddenly? died|passed|dying
        KIN is|are|just? no longer with|alive|here us?
        died last|in|on|suddenly|yesterday|this|recently|before|of
        death|loss|passing of my|a|our|his|her|dad|mum *
        lost|losing|loose my|our|him|her|a|the KIN|him|her|pregnancy|child
        widow|widowed|widower|bereaved|bereavement|obituary|stillborn|miscarriage|miscarried|grieving|mourning|deceased|condolence|condolences|executor|probate
        KIN|kins|mums|dads|mothers|fathers|husbands|wifes|his|her|grans funeral
        in|her|his loving memory
        buried|burying|cremated|bury my|him|her|our *
        """, """
        battery|machine|kettle|grinder|phone|laptop|boiler|computer|it|plant|account|motor|pump|car|order|app|cafetiere * died|passed|dead|dying
        passed on|in the|my|your|a|on|it|security|exam|test *  details|message|exam|test|customs|to
        friend who|just|recently? passed the|her|his|my|exam|driving
        KIN|he|she passed|died me|the|his|her|it|on|to|my|laughing *
        late KIN|night|delivery order|shift
        lost my|our|the friends|partners|sons *  order|password|number|link|code
        """, negatable=False),
    Phrase("memory", "remembers somebody", 0.2, "sad", "late KIN", "late KIN night|delivery|order|shift|again ; is|are|was|were|be|too|running late KIN", negatable=False),
    Phrase("illness", "illness", 0.35, "sad", """
        cancer|chemo|chemotherapy|dementia|alzheimers|tumour|tumor|leukaemia|terminally|palliative|hospice|parkinsons|epilepsy|epileptic|icu
        diagnosed with
        in|into|from hospital|intensive
        had|having|has|after|recovering|since|a|my|his|her|from? a|an|my|his|her|the? stroke|operation|surgery|seizure|breakdown
        seriously|very|really|too|gravely|critically|mentally|im|been|is|was ill|sick|poorly|unwell
        depressed|depression|anxiety|ptsd|panic
        carer|caregiver|immunocompromised
        """, """
        NOT ill|sick
        sick of|coffee|and
        anxiety|depression free|decaf
        cancer research|charity|uk|charities
        """),
    Phrase("disability", "a disability", 0.3, "sad", """
        autistic|autism|adhd|dyslexic|dyslexia
        im|i|am|is|hes|shes|registered|partially|being|KIN a|partially|registered|legally|almost|very? blind|deaf|disabled|sighted|housebound|paralysed|impaired
        wheelchair|disability|disabilities|housebound
        screen reader
        NOT use|manage|climb|do|see|hear the? stairs|well|screen|phone|phones|properly *
        """, """
        blind taste|tasting|tastings
        do|is|are|have|does|can|any|your|there you|it|there|the|cafe|a|have|an|for? have|a|an|for|wheelchair|any|your|the? wheelchair|disability|disabled accessible|access|friendly|ramp|users|toilet|discount|parking|toilets *
        wheelchair|disabled accessible|access|friendly|ramp|users|toilet|toilets|parking
        """),
    Phrase("hardship", "money troubles", 0.45, "sad", """
        cant|NOT afford to|this|it|the|food|rent|another|any|that|my|anything|$
        lost|losing my|our|his|her job|jobs|house|home|business|income
        made|been|got|was redundant
        redundancy|bankrupt|bankruptcy|evicted|eviction|bailiffs|bailiff|homeless|foodbank|unemployed
        universal credit
        on benefits
        food bank
        cant|NOT|how pay|cover|afford my|the|our|for? rent|food|bills|nappies|heating|electric
        in|into|drowning|serious debt|debts|overdraft|arrears
        struggling|struggle to|with|financially|for pay|money|bills|feed|make|afford|eat|cope|money *
        no|any money|cash until|till|to live|eat *
        last|only money|pennies|few|bit pounds|of|quid|money i|we|until|to|in|for|had|left *
        til|till|until payday|pay
        skint|broke
        feed|feeding my|the|our kids|children|family|baby
        overdrawn|overdraft
        """, """
        broke down|it|the|my|my|on|off|when|after|in
        it|handle|lid|kettle|machine|grinder|mug|which|has|that|part|just broke
        NOT|no struggling|broke
        cant afford to be|miss|lose
        """, negatable=False),
    Phrase("lonely", "is alone or in despair", 0.45, "sad", """
        so|very|really|feel|feeling|im|am|bit|all|i|completely|totally|living|live alone|lonely
        lonely|loneliness
        nobody|noone|no|anyone|NONE one|to|left|else|ANYONE to|left|else|i? talk|turn|speak|ask|cares|can|to *
        no one to turn|talk
        in tears
        crying|cried|sobbing|weeping
        heartbroken|devastated|heartbreaking|distraught|inconsolable|gutted
        NOT cope|coping
        breaking point
        rock bottom
        end of my|his|her tether|rope
        breaks|broke|breaking my heart
        😭
        😢
        💔
        """, """
        crying with|from|of|tears|happy|laughing laughter|joy|of|happiness
        crying out|laughing loud
        NOT lonely|crying|alone
        crying|tears of|with|happy|joy joy?
        left|leave it|them|me|the|home? alone
        love|happy|thank|great|delicious * 😭
        alone can|is|will
        """),
    Phrase("sad", "sadness", 0.25, "sad", """
        so|very|really|quite|feel|feeling|made|makes|a|bit|im|its me|bit|all|rather|so|really? sad|upset|upsetting|tearful
        feel|feeling so|really|very|a? bit? low|down
        miss|missed|missing him|her|them so|terribly|every
        sadly|regretfully i|we have|must|need|am|will *
        such a shame|pity
        what a shame|pity
        with a heavy heart
        breaks my heart
        😞
        😔
        😕
        """, "NOT sad|upset|down *"),
    Phrase("anxious", "is worried", 0.36, "anxious", """
        worried|worrying|anxious|nervous|panicking|panicked|panic|scared|afraid|frightened|terrified|stressed|stressing|desperate|desperately|dreading|concerned|frantic|petrified|freaking|uneasy|alarmed|fretting
        worry about|that|so|me|sick
        so|really|very|bit|quite concerned|uneasy
        please|pls please|pls
        begging you
        what|and if|it|they they|it|you|he|she|i|my|someone NOT|never|is|cant|gets|lose|loses|goes|breaks *
        will|am|are|do|can|how|would|could i|we|it|my|know ever|still|really|definitely|lose|be|get? get|lose|see|be|sure|miss|have my|the|it|money|all|safe|deposit|in? deposit|money|safe|back|everything|trouble *
        is it|this|that dangerous|serious|safe that|if|now|$
        NOT sleep|slept|sleeping *
        so|really|bit|quite|very embarrassed|embarrassing|ashamed
        borrowed
        time is running
        running out of time
        😰
        😱
        sos
        mayday
        """, """
        NOT sleep|slept|sleeping after|with|on|from|because
        NOT worried|worry|worrying|scared|afraid|panic|stressed|concerned|anxious|stress|nervous
        no worries|worry|panic|stress|rush
        im|am|i afraid|so NOT|you|that|i|we|not *
        can|should|how|do|is|does|safe you|i|it|this|the|your|my|to? get|recycle|microwave|is|be|dishwasher *  dishwasher|microwave|freezer|oven|vegans|hob|pregnant
        concerned with|about sustainability|packaging|plastic
        will|can|do|how i|we get|have my|it|the money back if|when|for|after
        when|how|where do|will|can|would|should i|we get|have|see *
        is it|this|that ok|normal|safe to|if|for i|freeze|pause|use|pay|grind|order|store|dishwasher|come|bring|pick|collect|vegans *
        """),
    Phrase("deadline", "needs it by a date", 0.12, "anxious", """
        by|before|needed SOON
        for SOON $
        by|before|for the|this|my|next|his|her|our|KIN christmas|wedding|birthday|party|funeral|flight|event|valentines|easter|anniversary|interview|exam|surgery|guests|christening|eightieth|graduation
        its|it|is|thats|be|was|are my|our|his|her|for|the|a|KIN * birthday|wedding|anniversary|funeral|party|christening|eightieth|retirement|leaving|ninetieth|seventieth|sixtieth|fiftieth|fortieth|thirtieth|graduation|interview
        birthday|wedding|anniversary|funeral|party|event|flight|surgery|christening|interview|launch|eightieth|operation|opening is|are|on|in|for|its|this? on|in|this|next? SOON|the|this|next|COUNT
        guests|people|visitors on|this|next|tomorrow|tonight SOON? *
        guests|customers|visitors arrive|arriving|coming|come|waiting|due|are|here *
        we|i|im|were open|opening|serve|serving|leave|leaving|fly|flying|travel|travelling|moving at|on|in|for|to? #|SOON|six|seven|eight|nine|COUNT
        time sensitive|critical
        deadline
        urgent|urgently|emergency
        running|run|ran out of time
        need|needed|needs|must|has|have it|this|them|the|that|parcel|order? to? be|arrive|get|come|here|delivered|in? here|delivered? by|before|for|today|tonight|tomorrow SOON|noon|christmas
        need|needed|needs it|this|them|these|the|my|that * * by|before|for|on SOON
        without COUNT|one|NUMBER hours|days
        """, """
        open|opening|close|closed|shut|shutting|opens|closes|closing|shuts|hours on|for|until|by|in|before|tonight? SOON|the|this|christmas|easter|NUMBER
        are|is|do|when you|it|shop|cafe * on|this|for|open|shut SOON|christmas|easter
        emergency number|exit|contact
        all|it|thats|nothing|enough|done for today|tonight|now
        have|had a nice|good|lovely
        table|class|tasting|workshop|event|collect|pick|appointment|slot|seats|booking|visit|pop|come|up|in for|on|this|by|is|in|it SOON
        for|with|this morning|mornings coffee|brew|cup|delivery|order
        came|arrived|delivered|ordered|bought|placed|got on|this|in|it SOON|morning
        """),
    Phrase("account_of_dead", "needs something put in order", 0.0, "neutral", """
        cancel|close|stop|remove|take|delete|change|transfer|unsubscribe|refund|pause his|her|their|him|it|the|mailing|my|this|everything|them|in
        his|her account|subscription|order|orders|name|emails|parcels|details
        """),
)
