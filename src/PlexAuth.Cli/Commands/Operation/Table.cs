using System.Globalization;

namespace PlexAuth.Cli.Commands.Operation;

// Columns for people; scripts take --json.
internal static class Table
{
    public static string Write(string[] heads, IEnumerable<string[]> rows)
    {
        string[][] all = [heads, .. rows.Select(row => row.Select(Printable).ToArray())];
        var widths = heads.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    public static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Minute(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // What a device calls itself must not move the cursor.
    private static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));
}
