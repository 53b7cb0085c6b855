namespace PlexAuth.Cli;

// What somebody else says must not move the cursor, begin a line of its own or turn the writing direction around.
internal static class Printable
{
    public static string From(string text) => string.Concat(text.Select(character =>
        character is '\t' or '\r' or '\n' ? ' ' : char.IsControl(character) || Turns(character) ? '?' : character));

    private static bool Turns(char character) => character is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
