import bot


@bot.command
def hello(message):
    return f"Hello, {message.sender}!"
