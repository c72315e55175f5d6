"""Thanks, joy, solved, puzzled, joking, testing, curt answers."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

EASE = (
    Phrase("gratitude", "thanks", 0.0, "satisfied", """
        thank you|u|yous|god|goodness|so
        thanks|thx|thankyou|tysm|cheers|ta|tx
        much|really|so appreciated|appreciate|grateful|kind
        appreciate it|that|your|this|you
        grateful
        bless you
        god bless
        youre|you|u are? an|a|the|absolute|utter|total? star|stars|legend|legends|angel|angels|lifesaver|best|hero|heroes|treasure|diamond|gem|dear
        day|days early
        lifesaver
        🙏
        👍
        ❤
        """, """
        thanks|thank|thx|cheers for|you|a nothing|for|wasting|bunch|ruining *
        no thanks|thank|ta|cheers
        thanks|thank you? but|for NOT|no|nothing|i|it
        thanks|thank you|u? in advance
        NOT grateful|appreciated|appreciate
        iwould|would|id be? appreciate|grateful
        ta ra
        """),
    Phrase("delight", "is pleased", 0.0, "satisfied", """
        love|loved|loving|adore it|them|this|these|the|your|my|you|these|everything
        so|really|very|absolutely|bloody|fucking|is|are|its|was|best|tastes|that|thats|sooo|so|just|be|bleeding|truly|freaking good|great|amazing|delicious|happy|pleased|tasty|perfect|brilliant|lovely|fantastic|excited|awesome|gorgeous|wonderful|excellent|fab|incredible|superb|impressed|chuffed|fast|beautiful|marvellous|fresh
        made|makes my day|morning|week
        best coffee|thing|beans|company|service|cup|gift|customer|purchase|shop|ever
        dogs|bees bollocks|knees
        to die for
        the bollocks|business|shit
        cant wait
        happy|chuffed|thrilled|delighted|overjoyed|ecstatic|relieved|stoked|buzzing|phew|yay|woohoo|woop|hooray|hurrah|yippee|yum|yummy
        holy shit|crap|fuck|moly this|that|these|how|it|so|the *
        well|top|nice|good|great job|done|one|work|stuff
        hell|fuck yes|yeah
        lol
        haha
        😀
        😄
        😊
        😍
        🥰
        😂
        🤣
        🎉
        """, """
        NOT happy|pleased|impressed|good|great|brilliant|perfect|amazing|lovely|love|fast|fresh|delighted|the|so *
        would|iwould|id|be|only|wish|happy to|love|be|it|if|i|have|for? love|happy|great|good|lovely|perfect|fantastic|if|to
        happy to|birthday|hour|with|christmas
        good|great morning|afternoon|evening|day|with|for|news
        love to|if
        best|how|what way|of|time|good|fresh
        how|what|which|as|too fresh|fast|good|best
        anything|something|never|less NOT happy|good|great
        was|be|were|thought|used happy|pleased|excited|impressed|looking until|but|before|with
        """),
    Phrase("resolved", "found the answer or it works now", 0.0, "satisfied", """
        found it|them|him|the|that
        works|working|worked|sorted|fixed|solved|resolved|fine now|itself|out|again|perfectly|great|!|thank|thanks|$
        its|it|all|that|thats|just|is|got|been|has now|just|is|did|it|that|has|been|all? sorted|worked|fixed|solved|resolved|arrived|working|works|perfect
        all good|sorted|fine|clear|ok now|thanks|thank|$
        oh|ah|ahh|aha|ooh wait|there|got|i|yes|right|ok|it|never see|it|get|its|understand|is|makes|found|mind|thanks *
        never|nevermind mind|found i|its|found|it|ive|got|figured|sorted *
        in|its|it my|the|was spam|junk
        in spam|junk
        got it|there in|thanks|now|thank|$
        it just|has|finally|actually arrived|came|worked|turned
        yes|yay|omg|finally it|they|its came|arrived|here|worked|works
        just arrived|came|turned
        that|this|which helps|helped|worked|answers|fixed|makes|solved|did sense|it|that|perfectly|my|me *
        makes sense
        problem|issue|thats|panic|crisis solved|fixed|over|averted|gone|sorted
        """, """
        NOT|never|nothing|hasnt|no|nobody|yet|isnt|still|get|need|want|when|until|make|makes|be|if|unless been|it|this|is|to|be|no|yet|get? resolved|sorted|fixed|solved|works|working|worked|found|arrived|sense|help|helps|helped|fine|good
        just|finally|has arrived|came|turned broken|damaged|smashed|and|but|up|wrong|late|empty|cracked|leaking|with|opened|in *
        found it|the|that|them difficult|hard|rude|broken|smashed|damaged|strange|odd|in pieces *
        oh wait|right you|youre|another|BOT *
        want|need|get|have|like it|this|that|my? sorted|fixed|resolved|solved *
        """, negatable=False),
    Phrase("confused", "does not understand", 0.24, "confused", """
        NOT understand
        NOT follow|get this|that|you|it|what
        NOT make any? sense
        NOT sure|clear what you|this|it|that|im|i mean|means|am|want|do|is|says|supposed
        what|wot|wat do|does|are|is|did you|that|it|this|u|they mean|talking|supposed|even|saying *
        what does that|this|it mean
        what is that|this|it supposed
        confused|confusing|baffled|puzzled|unclear|bewildered|perplexed|muddled|contradictory|gibberish
        makes|make|making no|zero|any|little sense
        NOT make|making any? sense
        im|am|so|totally|completely|bit lost
        ^ huh|eh|what|wut|pardon|sorry|come|wdym|erm ?|again|what|how|on? $
        ^ ? $
        it|one|page|email|site|website|you|app says|said|shows both|one|different|two|something|the|yes|that|it|delivered * but|and|while|or|both *
        so which|what|do|is is|one|do|it|i|the * then|or|it|one|not|$
        which is|one|of it|is|them|right|correct|the? then|true|right|it|correct|$
        says both
        contradict|contradicts|contradicting
        thats|that is? NOT an answer
        in english|plain please|language
        🤷
        😕
        """, """
        NOT sure|know if|which|what|how|whether|where i|to|the|size|grind|coffee|you|we|would|yet|much|i|is|this *
        NOT see|know|follow|get|understand why|any|the|it? point|difference|delivered|button|football|much *
        i lost
        im|am|bit lost * cant|find|cafe|shop|street
        what does that|this|it mean for|in|about *
        """, target="self", negatable=False),
    Phrase("joking", "is joking", 0.0, "neutral", """
        just|only|im|am|i|was joking|kidding|messing|teasing
        jk|jks
        only|its|just|was a|joke joke|joking
        lol|haha|hahaha|lmao|rofl
        😂
        🤣
        😉
        """, "NOT|no joking|kidding|joke|messing|you|a ; what|are|be|you|must|is|a you|this|be|complete|total|absolute joking|kidding|joke", negatable=False),
    Phrase("testing", "says it is a test", 0.0, "neutral", """
        this|that is|its just|only? a test|testing
        just|only|im|am|were|are testing|test
        testing chatbots|chatbot|bots|you|it|things
        a|few|some|sample sample|example|fake|pretend complaint|complaints|message|messages|customer|customers
        pretend im|that|to|i
        just|only trying you|this|it|the out
        trying out the|this|your chat|bot|assistant|thing
        ^ test|testing . *
        ignore this|that|me *
        test message|chat|phrase|run
        testing testing|the|if|this|bot|your|whether|how
        for a test
        quality|qa|unit|smoke test|testing
        """, "NOT a test|testing ; pregnancy|blood|covid|taste|stress|medical test", negatable=False),
    Phrase("shrug", "answers curtly", 0.0, "neutral", "^ right|ok|fine|okay|great|k|lovely|brilliant|sure|noted|marvellous|perfect|wow|nice|splendid|super|cool|wonderful|whatever|really|fantastic|charming|cheers|thanks|oh|i see? then|thanks? $"),
)
