"""Who is told what outside the console: by e-mail, chat tools, push and webhooks, through the outbox."""
