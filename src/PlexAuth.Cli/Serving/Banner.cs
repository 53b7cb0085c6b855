using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using PlexAuth.Server;

namespace PlexAuth.Cli.Serving;

// What serve answers once it listens.
internal static class Banner
{
    public static ServeAnswer Answer(IEnumerable<string> addresses, bool dev, X509Certificate2? certificate, Uri? accountUrl)
    {
        Uri[] listening = [.. addresses.Select(address => new Uri(address))];
        return new ServeAnswer(accountUrl ?? new Uri(listening[0], "/api/v2"), listening[0], listening, dev, certificate?.ExportCertificatePem());
    }

    // Personas: everybody with a known password; null for a server in earnest, which has none.
    public static void Show(Output output, ServeAnswer answer, IReadOnlyList<PlexAuthPersona>? personas, TimeProvider time) =>
        output.Data(answer, Answers.Default.ServeAnswer, _ => Describe(answer, personas, Age(time), output.ColorsOut));

    private static string Describe(ServeAnswer answer, IReadOnlyList<PlexAuthPersona>? personas, TimeSpan age, bool bold)
    {
        var kind = answer.Dev ? "PlexAuth dev server" : "PlexAuth server";
        var address = answer.ServerUrl.GetLeftPart(UriPartial.Authority);
        var first = string.Create(
            CultureInfo.InvariantCulture, $"{kind}: accounts {answer.AccountUrl}, media server {address}   ready in {age.TotalSeconds:0.0} s");
        if (answer.AtticUrl is { } attic)
            first += $"\nThe media server \"Attic\", bob's, is at {attic.GetLeftPart(UriPartial.Authority)}";
        return personas is not { Count: > 0 } ? first : $"{first}\n{Paint("FOR TESTS ONLY: everyone below has a known password.", bold)}\n{Describe(personas)}";
    }

    private static string Paint(string text, bool bold) => bold ? $"\e[1;33m{text}\e[0m" : text;

    private static string Describe(IReadOnlyList<PlexAuthPersona> personas)
    {
        string[][] rows = [.. personas.Select(one => (string[])[one.Name, one.About, SignInOf(one), one.Token])];
        int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row =>
            $"  {row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}   {row[2].PadRight(widths[2])}   {row[3]}"));
    }

    private static string SignInOf(PlexAuthPersona persona) => persona.Password is null ? "no password" : $"{persona.Email} / {persona.Password}";

    private static TimeSpan Age(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return time.GetUtcNow() - new DateTimeOffset(process.StartTime);
    }
}
