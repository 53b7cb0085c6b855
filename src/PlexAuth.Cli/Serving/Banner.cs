using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using PlexAuth.Server;

namespace PlexAuth.Cli.Serving;

// What serve answers once it listens.
internal static class Banner
{
    private const string ForTestsOnly = "FOR TESTS ONLY: everyone below has a known password.";

    public static ServeAnswer Answer(IEnumerable<string> addresses, bool dev, X509Certificate2? certificate, Uri? accountUrl)
    {
        Uri[] listening = [.. addresses.Select(address => new Uri(address))];
        return new ServeAnswer(accountUrl ?? new Uri(listening[0], "/api/v2"), listening[0], listening, dev, certificate?.ExportCertificatePem());
    }

    // Personas: everybody with a known password; null for a server in earnest, which has none.
    public static void Show(Output output, ServeAnswer answer, IReadOnlyList<PlexAuthPersona>? personas, TimeProvider time) =>
        output.Data(answer, Answers.Default.ServeAnswer, _ => Describe(answer, personas, Age(time)), loud: ForTestsOnly);

    private static IReadOnlyList<string> Describe(ServeAnswer answer, IReadOnlyList<PlexAuthPersona>? personas, TimeSpan age)
    {
        var kind = answer.Dev ? "PlexAuth dev server" : "PlexAuth server";
        var address = answer.ServerUrl.GetLeftPart(UriPartial.Authority);
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{kind}: accounts {answer.AccountUrl}, media server {address}   ready in {age.TotalSeconds:0.0} s"),
            .. answer.AtticUrl is { } attic ? (string[])[$"The media server \"Attic\", bob's, is at {attic.GetLeftPart(UriPartial.Authority)}"] : [],
            .. personas is { Count: > 0 } ? (string[])[ForTestsOnly, .. Describe(personas)] : [],
        ];
    }

    private static IEnumerable<string> Describe(IReadOnlyList<PlexAuthPersona> personas) =>
        Table.Of([.. personas.Select(one => (string[])[one.Name, one.About, SignInOf(one), one.Token])]).Select(row => $"  {row}");

    private static string SignInOf(PlexAuthPersona persona) => persona.Password is null ? "no password" : $"{persona.Email} / {persona.Password}";

    private static TimeSpan Age(TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        return time.GetUtcNow() - new DateTimeOffset(process.StartTime);
    }
}
