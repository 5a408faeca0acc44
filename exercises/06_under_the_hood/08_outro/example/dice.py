import random

import bot


@bot.command
def roll(message, sides="6"):
    number = random.randint(1, int(sides))
    return [f"{message.sender} rolls the dice …", f"and gets {number}"]
