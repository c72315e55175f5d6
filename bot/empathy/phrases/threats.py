"""Leaving, a public review, legal steps."""
# ruff: noqa: E501 (a pattern is one row)

from bot.empathy.phrases.phrase import Phrase

THREATS = (
    Phrase("churn_threat", "threatens to leave", 0.55, "angry", """
        take|taking my|our business|custom|money|orders elsewhere|somewhere|away
        going|go|shop|shopping|buy|buying|look|order|ordering elsewhere
        go|going|switch|switching|move|moving|gone|went over? to|with a|your|another|the? competitor|competitors|competition|rival|rivals|roaster|roastery|supplier|company|brand|provider
        never|wont|not buying|buy|order|ordering|use|using|shop|shopping|come|coming|deal|dealing|spend|spending|return from|with|here|anything|back|another|you|your|a|again|ever you|here|again|from|penny|ever? again?
        never|wont|not shop|shopping|deal|dealing|spend|spending $
        lost|losing|lose a|another|me|my|yourself|loyal|long as? a|loyal|good|customer|custom|long? customer|custom
        last order|straw|purchase i|we|from|you|ever|ill|iwill *
        last time ill|iwill|wewill|youll|ever *
        the last straw
        last time i|we|iwill|ill|im ever? order|buy|use|shop|ordering|buying|using|spend|shopping
        done with you|this|your|copper|all *
        im|we|i|am|are leaving|done $
        cancel|cancelling|close|closing|delete|deleting everything|all|my|the account|subscriptions|subscription|everything|it|of unless|right
        find|finding|look|looking|use|using|try|trying|go for|to|with? another|different|better supplier|roaster|roastery|shop|company|place|provider
        dont expect me to|again *
        your competitor|competitors
        there are other|plenty roasters|shops|companies|of *
        never again
        never ever again
        or im|i|we|iwill|ill|else cancelling|cancel|leaving|leave|out|going|go
        think|thinking about|of leaving|switching|cancelling everything|going elsewhere
        """, """
        if|can|could|how|do|would i|you NOT|never buy|order|use
        NOT|never buy|order|use * decaf|sugar|milk|pods|beans|dark|light|before|yet
        NOT|never use|buy|order it|them|mine|one|this|that|my|a|the *
        never|NOT again will i drink
        never again instant|supermarket
        NOT using|use|order|buy it|enough|the|my|until|much|as|this|for|online|today|now
        last order|time i|we ordered|had|got|bought|placed|received|was|it|came|asked
        last|time|order from|you|i was|were|loved|got|enjoyed|bought
        NOT cancel|lose|leaving
        shop|buy|order elsewhere before|until
        """, target="us", negatable=False),
    Phrase("quitting", "ends everything", 0.0, "neutral", """
        cancel|cancelling everything|all
        cancel|cancelling|close|closing|delete|deleting everything|all|my|the account|subscriptions|subscription|everything|it|of because|as|for|if
        done with the|my|that|all *
        """, "done with the|my|that tasting|class|form|washing|cup|bag"),
    Phrase("public_review_threat", "threatens to make it public", 0.55, "angry", """
        leave|leaving|write|writing|post|posting|give|giving|get|getting|deserve|deserves you|a|an|the|some|my? bad|negative|one|1|terrible|awful|honest|zero|scathing|stinking|worst|damning star|stars|reviews|review
        expect|read|wait|watch for? my|a review|reviews
        bad|negative|terrible|scathing|damning|stinking|honest review|reviews coming|on|about|if|unless|for|everywhere|incoming|then|$
        one|1|zero|0 star|stars
        trustpilot|tripadvisor|watchdog
        all over social|twitter|facebook|instagram|tiktok|x|google|reddit|the? internet|web|media|twitter|facebook
        put|post|posting|posted|share|sharing|putting|screenshot|screenshots|tweet|tweeting this|it|that|these|about|everything|the * on|to|all|about * facebook|google|twitter|instagram|tiktok|reddit|online|internet|social|media|web|trustpilot|groups|linkedin|x
        post|posting|share|sharing|tweet|tweeting this|it|that|these|about|everything|screenshots publicly|everywhere|you|screenshots|chat|about *
        tell|telling|warn|warning everyone|everybody|people|all|my|others|the|friends i|about|not|to|how|my|know
        make|making sure everyone|everybody|people|all * * knows|know|hears|hear|sees
        go|going public|viral|press
        go|going|went|talk|speak|contact|call|write|writing|ring to? the? press|papers|newspaper|newspapers|media|journalist|journalists|bbc|watchdog|reporter
        name and shame
        everyone|people|world will|should|deserves know|hear|see|to *
        followers will|would|know|hear|are *
        review will|is|going reflect|be|say|not *
        see what google|facebook|twitter|people
        """, """
        how|where|can|could|should|do|may|id|iwould|would|want|love|happy|wanted|like i|you|to|leave|we? leave|write|post|give a|an|you? review|reviews|five|honest|positive|good
        five|5|good|great|lovely|nice|positive|glowing|four star|stars|review
        NOT leave|write|post|give
        read my|a|the review|reviews before|on|first
        can|could|do|does|which|what|recommend i|you|we? use|try|find another|different *
        tell|telling everyone|people|everybody|all|my i|about|how|friends|to love|good|great|this|it|delicious|your|buy|much|brilliant|about|lovely|amazing
        one star of|michelin|anise|sign
        are|any|read|see there|the? any? negative|bad reviews|review
        saw|read|found|checked|seen|love|great|your you|on|your|the|a|good? trustpilot|tripadvisor|facebook|instagram
        put|post|share|posted it|this|that on|to my|the|a shelf|card|door|address|doorstep|step|porch|table|side|me|us|today|tomorrow
        post|posting it|this|that to|all me|us|my|a|the|france|germany|ireland
        put|share it|this|that|the|these all? on|to one|my|hold|account|card|order|bill|subscription
        posted this|it on monday|tuesday|friday|the
        """, target="us", negatable=False),
    Phrase("legal_threat", "mentions legal steps", 0.8, "angry", """
        my|our|a|an|the|your LAWYER has|have|will|is|says|said|knows|advised|advises|can|would|wants|and|letter|about|involved|writing|wrote
        from my|our|the LAWYER
        hear|hearing|letter|call|email from|through my|our|a|the LAWYER|solicitors|lawyers
        contact|contacting|contacted|speak|speaking|spoken|talk|instruct|instructed|instructing|consult|call|see|seeing|get|getting|hire|ask|asking|involve to|with? a|my|our|the LAWYER|lawyer
        via|copied|passed|sent|forwarded|given|with to? my|our|a|the LAWYER
        take|taking|see|seeing you|u|this|it|yous|them|the company to|in|further? court|tribunal
        small claims
        legal action|proceedings|advice|steps|route|action|claim|letter|measures
        bank|police|calling|contacting and|or|a|my * LAWYER
        will|going|gonna|could|am|im|to|iwill|ill|should|can|might|and|or sue you|your|the|this|for|if|copper|over
        suing|sue you|u|your|yous|for
        trading|consumer standards|ombudsman|protection
        ombudsman|ombudsmen
        report|reporting|reported you|this|it|your to|for the|trading|fraud|police|action|environmental|ico|food *
        letter before action|claim
        consumer rights act
        breach of contract
        notice of intended
        statutory rights
        file|filing|lodge|lodging a|an? formal|legal claim|lawsuit|complaint|complaints with|against|to|in *
        lawsuit
        pursue|pursuing this|it|the legally|through|in courts|the|court *
        information commissioner
        environmental health
        """, """
        my|our|a|an|the|your LAWYER and|is|also loves|drinks|coffee|friend|happy|office
        im|i|hes|shes|is|am a|an|my? LAWYER
        for my|our|a|the LAWYER|daughter
        gift|present|coffee|beans|recommended|recommendation|voucher from|for|by my|our|a|the LAWYER
        without|NOT|no legal|court|LAWYER|suing|sue|going|want|report
        legal age|name|department|requirement|drinking|page|notice
        statutory rights page
        """, target="us", negatable=False),
)
