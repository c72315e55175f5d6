"""Effort that led nowhere: still, again, waiting, broken promises, sarcasm, weariness."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

TROUBLE = (
    Phrase("unresolved", "still not solved", 0.32, "frustrated", """
        still no|not|nothing|waiting|NOT|broken|stuck|missing|wrong|failing|same|nowhere|none
        still stops|fails|leaks|happens|happening|breaks|crashes|does|do
        still invalid|expired|locked|blocked|declined|rejected|empty|late
        still says|shows|showing|processing|pending|saying|just
        wrong|broken|late|missing|cracked|damaged|error|nothing|delayed|one|stuck again
        NTH week|day|month|morning|weekend|fortnight without|of|waiting|with|now
        is anyone|anybody|someone|somebody even|actually reading|listening|looking|bothering
        still|yet again NOT|no|nothing|same|wrong
        no|nothing joy|luck|change|progress|further|sign|news
        did|does|do|has|is|was|it|that|this|which|still|also NOT work|working|worked|help|helped|helping|fixed|fix|solve|solved|change|changed
        NOT help|helped|fix|solve|work|answer at|me|anything|it|my|this|that|the|either|$
        NOT|none solved|resolved|sorted|fixed
        ^ same|still|again again|thing|error|problem|issue|result|not|nothing|no|message|here? * $
        ^ nope still|again|nothing|not|same
        same error|problem|issue|message|thing|result|again|answer
        again and again
        over and over
        NOT what i wanted|need|ordered
        thats|that is? NOT it|my|answering|an
        already|have tried|done|did|checked|sent|given|gave|filled|reset|restarted|looked|been that|this|it|all|everything|so|you|the|them|through
        tried|did|done * and|or? * same $
        you|youve sent|send|gave|forgot|shipped|delivered * again
        tried|done that|this|it|everything|both|all already|twice|before|times|three
        you|that|this NOT|never answered|answer|answering|listening|reading|understand|understanding|read|helping
        NOT answered|answering|answer my|the|what
        nobody|noone|none picks|picking|picked up
        keeps|keep|always happening|happens
        nobody|noone|none answers|answered|replies|replied|calls|called|responded|responds|came|cares|bothers|bothered|got|has|knows
        no reply|response|answer|one to|from|has|answers|replies|came|yet|cares|rings|knows
        COUNT emails|calls|messages|mails|letters NONE replies|reply|answers|answer|response|responses
        i did what|that|everything|all you|it|as|u? said|told|asked . nothing|same|still|no
        waste of time
        my evening|day|morning|weekend|afternoon|lunch|time|night gone|ruined|wasted
        so no refund|replacement|answer|help|parcel|delivery then
        have|having|need|must to? type|write|enter|say|explain|repeat my|it|this|that * one|once more time
        NTH * missed|failed|wasted|late|lost
        never replied|answered|responded|arrived|came|called|heard|got|showed|turned|works|received
        NOT heard|received|had back|anything|a|any|my|nothing from|reply|back|response|answer?
        NTH|COUNT time|times|attempt|message|email|call|chat|survey|replacement
        NTH PERSON
        back to square
        going|go|went|sent|goes round|around in|and
        going|round in circles
        getting|got|get nowhere
        wasted|waste|wasting of|my|hours|two|three|a? my|time|day|hours|weekend
        """, """
        NTH|COUNT time|times|day this|a|per|each|i|in|every month|week|year|day|customer|order|love|buy|ordering|bought
        NTH|COUNT time customer|buyer|ordering|lucky|loving
        first|NTH|COUNT time|times a|per|each|every
        how|so many|COUNT times have|did|do|can|a|will|should|has
        no more TALK|talking
        still NOT decided|sure|tried|opened|chosen|used|drunk
        COUNT|NTH day delivery|shipping|trip|turnaround|return|returns|course
        COUNT|NTH day|times|call|message|email of|window|notice|cooling
        in|within|on|for|after|until|of|the|a|by COUNT|NTH day|days|time
        how|can|could|do|if|what|when|where|will|would it|this|that NOT work|help|fit|change
        if|unless|should|case it|that|this|they NOT work|works|help
        NOT|no change|changed my|the|it address|mind|order|anything
        NOT help|stop|change loving|laughing|smiling|it
        """, target="us", negatable=False),
    Phrase("told_before", "had to say it again", 0.4, "frustrated", """
        NOT what i|we asked|said|meant
        already told|said|explained|asked|answered|mentioned|gave|given|provided|wrote|written|emailed|sent to? you|that|this|it|them|my|so|twice|all|the|your|$
        explained|told|said|wrote|sent all|everything|that of|in|already|to this|that|it|my? *
        in|see my first|last|previous|earlier|original message|email|mail
        keeps|keep|kept asking|sending|repeating|saying|telling|giving|going
        i|ive|have|just already|just|literally told|said|explained|asked you|that|this|it|already|so
        as i|previously|already|ive said|mentioned|explained|told|already|stated|wrote
        like i said|told
        how many more? times do|must|will|should|am i|we have|need|to|must|tell|say|repeat|ask|explain|going
        keep|kept asking|telling|saying|repeating|explaining|sending|having|getting|being *
        asked|told|said|explained|written|wrote|emailed|called|rang|phoned|messaged|contacted|complained|tried|repeated you|this|that|it|in|them|us|myself|your|already? twice|COUNT|three|four|several times?
        COUNT emails|calls|messages|chats|agents|tickets now|later|already|and|so
        NTH time of|that|ive|i|asking|telling|im|saying|now|asked|told|you|today|writing *
        having|have|had|made|make|making|forced to? repeat|repeating myself
        repeat|repeating myself
        asked you|that|this already|before|above|twice
        read|scroll what i wrote|said|sent|typed
        read my|the last|first|previous|other? message|messages|question
        once again|more NOT|no|still|i|im|my|please *
        per my last|previous|earlier
        """, "NOT already|asked|told|tried|mentioned", target="us", negatable=False),
    Phrase("waiting", "has waited long", 0.34, "frustrated", """
        been waiting|holding|queuing|chasing
        been on hold
        waiting|waited for? over|nearly|almost|more|about? than? COUNT|NUMBER|a|days|weeks|hours|ages|forever|so|this|all *
        waited COUNT|weeks|days|ages|all|long|over|in *
        still waiting|chasing
        been|is on|in|with|stuck its|the|your|a? way|transit|depot|customs|courier for COUNT|NUMBER|over|days|weeks|ages
        on hold for|since|again|all
        taken|took|lost|booked off? COUNT|a|another|half day|days|morning|mornings|afternoons|week off|away?
        all day|morning|week|weekend for|waiting|in|on|at *
        COUNT|NUMBER SPAN now|later|and|ago|without|still|of|with and|with|no|nothing|still|not|waiting|this|silence|NOT
        how much longer must|do|will|am|are|is|till|until i|we|this|it|my *
        how long must i|we wait|keep
        taking|taken|took|takes far|way? too long
        taking|taken|takes|took forever|ages|weeks|months
        hurry up
        """, """
        how long does|do|will|would it|the|a|delivery|shipping|you|this|refunds|standard take
        NOT wait|waiting|waited long|to|at
        how long is|are your|the|delivery|a|it
        """, target="us"),
    Phrase("broken_promise", "a promise was not kept", 0.34, "frustrated", """
        thats|that is|was? what you|they said|told|promised|say *
        you|they|yous|u promised|swore|guaranteed|assured
        colleague|someone|somebody|he|she|ANYONE|PERSON|team promised|swore|assured
        and|but nobody|noone did|has|came|called|rang|wrote
        you|they|u|he|she said|told it|that|me|id|i|this|you|they|we|on|by|a|my would|will|be|was|is|iwould|id|monday|COUNT *
        was|were supposed|meant|due to|here|last|on|yesterday|by
        was|were to|due|promised come|arrive|on|last|yesterday|for|by|a|it|me|delivery *
        was|were|been promised|told|assured|guaranteed|led *
        should have|of been|arrived|come|had|got *
        so much for|your
        broken|another|empty promise|promises
        you lied|said otherwise
        """, "so much for the|sorting|helping|being|your help", target="us", negatable=False),
    Phrase("sarcasm", "bitter wit", 0.45, "frustrated", """
        thanks|thank|thx|cheers you? for|a|so nothing|wasting|ruining|bunch|absolutely|zero|less
        slow clap
        oh|well|how|just|wow|yeah|yes|yay|gee great|brilliant|lovely|wonderful|perfect|fantastic|terrific|convenient|helpful|marvellous|joy $
        oh|just what|how|joy i needed|helpful|convenient|wonderful|original|reassuring
        < PRAISE . * another|a|still|yet|NTH|so|no|again|only *
        < oh|well|wow|ah|yay|ok|and|right? PRAISE another|yet|NTH|still|more *
        paid|pay|paying for express|priority|next|first * got|get|snail|standard|nothing *
        how hard can|is|could it|this|that
        thing|things|stuff i|we actually? paid for
        is|was that|it|this so|too hard|difficult|much|complicated
        such|what|some|really|world|award wonderful|great|excellent|class|customer|winning|amazing|stellar|helpful service NOT|$
        oh|well|wow|ah|yay PRAISE another|a|more|yet|the second|third? broken|wrong|late|bot|form|delay|survey|*
        what a surprise|shock|joke
        very|so|super|really|real|incredibly helpful|useful|clever|funny|impressive not
        as per|if usual|by|only magic
        PRAISE|love how|work|job if|losing|ignoring|guys|done|everyone *
        keep up the
        👏
        🙄
        well done you|everyone|guys|$
        you had|only one job
        bravo
        pigs might|will fly
        my time is free|worthless|nothing
        glad|happy|good to|for|know see|know|you|my|that money|nobody|youre|its|matters|isnt|took|they *
        i|what|is love|joy|fun waiting|paying|talking|being|repeating|it *
        so|very|how reassuring|professional|generous
        record|medal|prize|award for|deserve|time *
        """, """
        well done you|guys|everyone on|for|it|thank|thanks|tastes|love *
        how hard is it to use|make|brew|clean|learn|grind|get|find|install
        love it
        PRAISE keep|work|job guys|everyone|all|thanks|thank|and|it|love *
        happy|glad|good to see|know|that its|you|youre|they|it open|back|stock|doing|works|worked|arrived
        thanks a bunch|million for the
        """, target="us", negatable=False),
    Phrase("weary", "weary politeness", 0.35, "frustrated", """
        hoped|expected|thought for|better|of|you more|better|were|would|at|than *
        had|was hoped|hoping|expecting for|better|more better|more|a
        im|am sure youre|you|your all|are|doing|mean|try doing|your|trying|well|best *
        doing your best
        with|the greatest|due|all respect
        NOT good enough
        NOT what i|id|iwould|we would? expect|expected|hoped
        NOT|no got|have? time|energy for this
        unbelievable|unreal $
        what a|an mess|state|carry $
        NOT acceptable|impressed|happy|satisfied|pleased|amused|ideal|fair|amusing|thrilled
        this|that|its is? NOT|hardly on|ok|okay|good|right|fair $
        disappointed|disappointing|disapointed|underwhelmed|dissatisfied|unhappy|displeased|unimpressed
        let|letting|lets me|us|everyone|him|her|you|customers? down
        been|being let down
        give|giving|gave up
        never mind|bother|again $
        forget|leave it $
        dont bother|trouble
        whats the point
        ^ whatever $
        ^ never mind then $
        ^ i see . well|right|ok|so|then|and *
        appreciate|understand|know|see that|you|its|it|your|this busy|but|hard|not|effort|a|youre *  but
        it is only that
        at my wits end
        wits end
        losing my|the|all? patience|faith|hope|will|temper
        run|running|ran out of patience
        patience is wearing|running
        fed up with|of|now|waiting|$|i|and|being
        sick|tired|weary of|and this|it|waiting|being|tired|chasing|your|all|repeating *
        had enough
        frustrated|frustrating|frustration|annoyed|annoying|irritated|irritating|exasperated|exasperating|aggravating|tedious|tiresome
        this is hard|hopeless|painful|exhausting|getting|impossible|absurd|silly|nonsense|madness|hard|tiring *
        makes no difference
        for|oh goodness|heavens|god|petes|gods|christs|crying sake|out
        come on $
        oh come on
        seriously ? $
        are you kidding|serious|joking|having
        you must|have be|to joking|kidding|be *
        beyond a|frustrating|belief|ridiculous joke?
        cant believe this|you|it|im|how
        took|takes|lost|cost me|it|us my|three|hours|half|days|two|a|all *
        😤
        🤦
        😒
        """, """
        NOT disappointed|bad|annoying|frustrating
        never|no disappointed|disappointing|disappoints
        NOT let down
        cant believe how|it good|nice|fresh|fast|quick|tasty|lovely|great|you|arrived
        give up coffee|caffeine|sugar|milk|smoking|work
        giving up coffee|caffeine|sugar
        NOT good for|with milk|espresso
        """, target="us", negatable=False),
)
