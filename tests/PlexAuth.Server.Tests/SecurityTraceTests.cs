using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace PlexAuth.Server.Tests;

/// <summary>Keeps docs/security-trace.md: which test holds which promise, and which promises no test holds yet.</summary>
public sealed class SecurityTraceTests
{
    private const string Head =
        """
        # Security trace

        What the server promises about accounts, tokens and devices, and the tests that hold it. A test names what it holds with
        `[Requirement("…")]`; this file is written from those names: `PLEXAUTH_UPDATE_TRACE=1 dotnet run --project tests/PlexAuth.Server.Tests -- --filter-class "*SecurityTraceTests"`.

        """;

    private static readonly (string Id, string Promise)[] Promises =
    [
        ("T1", "No answer tells whether an account exists or how it stands"),
        ("T2", "Neither does the work behind an answer: one password hash on every path, two where a code may be appended"),
        ("T3", "Many addresses together get no more guesses at an account than one"),
        ("T4", "A try is counted before it is made, so parallel tries get no more than the limit"),
        ("T5", "Strangers cannot lock the owner out of where they always sign in from"),
        ("T6", "All spellings of one account, and all sign-in endpoints, share one count"),
        ("T7", "Every way to a token looks at account and device again"),
        ("T8", "A verification code works once, and few wrong ones are compared"),
        ("T9", "A PIN's code cannot be guessed when it is linked"),
        ("T10", "A PIN's token cannot be collected by trying ids"),
        ("T11", "A code that is taken is never given to another"),
        ("T13", "A sign-in leads back only to where it came from"),
        ("T14", "No secret reaches a log"),
        ("T15", "A transient token leads to no longer-lived one and changes nothing"),
        ("T16", "A transient token ends with its parent, its instance and its 48 hours"),
        ("T17", "A caller sees no secret but their own"),
        ("T18", "What belongs to another account is as unknown as what never was"),
        ("T19", "No registered address leads this server to what is behind it"),
        ("T27", "Oversized input is refused before any work"),
        ("T28", "What a device calls itself cannot break a page, a terminal or a log line"),
        ("T29", "Names arrive in any encoding that clients send"),
        ("T30", "The four digits of a Home PIN are not to be guessed"),
        ("T32", "A stolen database opens nothing without its keys"),
        ("T34", "A restored backup revives nothing that was revoked"),
        ("RA1", "Passwords of 8 to 256 characters of any script, whole"),
        ("RA2", "Common passwords and the person's own names are refused"),
        ("RA3", "Password hashes cost what they should, and are renewed when that rises"),
        ("RA4", "Changing a password takes the old one and a fresh code, and signs everybody else out"),
        ("RA5", "No account is there before somebody adds one"),
        ("RA6", "Time-based codes as in RFC 6238, on once proved, off with password and code"),
        ("RA7", "Ten backup codes of 120 bits, each good once"),
        ("RA8", "All sign-in paths share strength, throttling and trail"),
        ("RA9", "What concerns an account's owner is written down with the act"),
        ("RA10", "At most a hundred wrong tries in a row, then only from known networks"),
        ("RT1", "Tokens have 144 unbiased random bits"),
        ("RT2", "Only hashes of tokens are kept"),
        ("RT3", "A revocation holds before it is answered"),
        ("RT4", "Devices are listed with their last use, and removed one by one or all"),
        ("RT5", "Transient tokens are bound to parent, instance and time, and mint nothing"),
        ("RT6", "One token for each device and kind; signing in again ends the former after minutes of grace"),
        ("RT7", "The number of devices of an account is bounded"),
        ("RP1", "Codes of 20 and of 129 unbiased random bits"),
        ("RP2", "A PIN can be confirmed until it expires by the server's clock, and no longer"),
        ("RP3", "Of all who confirm or deny a PIN one wins, for good"),
        ("RP4", "A PIN's token is given as often as its creator asks, sealed until then, and erased when the PIN expires"),
        ("RP5", "A code is bound to the client that it was made for"),
        ("RP6", "All spellings of a code are one, and all misses have one answer"),
        ("RP7", "Polling at the pace of known clients is never refused, and polling too fast ends no PIN"),
        ("RZ1", "Every route says whom it is for"),
        ("RZ2", "Objects are looked up by owner and id together"),
        ("RZ3", "Secrets of others are never written"),
        ("RZ4", "Disabling an account holds for the next request"),
        ("RZ5", "No field of a request sets what the caller may not"),
        ("RI1", "One decoding, one canonical form, strict bodies"),
        ("RI2", "A security parameter that is there twice is refused"),
        ("RI3", "Forwarded addresses count from known proxies alone"),
        ("RI4", "No stack traces, no server header, generic failures with a request id"),
        ("RI5", "All SQL takes parameters"),
        ("RS1", "Files and directories are for their owner alone"),
        ("RS2", "Keys live outside the database and can be replaced while servers run"),
        ("RL1", "Every decision about a sign-in is in the audit trail, without secrets"),
        ("RL2", "Log lines cannot be forged"),
        ("RD1", "A storm of sign-ins starves nothing else"),
        ("RD2", "Counts live in the database, shared by all processes, and are bounded"),
        ("RD3", "Expired rows are swept in portions"),
    ];

    [Fact]
    public void The_trace_is_up_to_date()
    {
        var file = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "docs", "security-trace.md");
        var trace = Write();
        if (Environment.GetEnvironmentVariable("PLEXAUTH_UPDATE_TRACE") == "1")
            File.WriteAllText(file, trace);

        File.ReadAllText(file).ShouldBe(trace, "Run this test with PLEXAUTH_UPDATE_TRACE=1 and commit the file.");
    }

    private static string Write()
    {
        var held = Tests().ToLookup(test => test.Id, test => test.Name, StringComparer.Ordinal);
        held.Select(group => group.Key).Except(Promises.Select(promise => promise.Id), StringComparer.Ordinal).ShouldBeEmpty("a test names a promise that is not in the list");
        var text = new StringBuilder(Head).Append('\n');
        text.Append($"{Promises.Count(promise => held.Contains(promise.Id))} of {Promises.Length} have a test that names them.\n\n| id | promise | held by |\n|---|---|---|\n");
        foreach (var (id, promise) in Promises)
            text.Append($"| {id} | {promise} | {(held.Contains(id) ? string.Join("<br>", held[id].Distinct().Order(StringComparer.Ordinal)) : "**no test names it**")} |\n");
        return text.ToString();
    }

    private static IEnumerable<(string Id, string Name)> Tests() =>
        from type in typeof(SecurityTraceTests).Assembly.GetTypes()
        from member in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Cast<MemberInfo>().Append(type)
        from requirement in member.GetCustomAttributes<RequirementAttribute>(inherit: false)
        select (requirement.Id, member == type ? type.Name : $"{type.Name}: {member.Name.Replace('_', ' ')}");

    // The project's own folder, wherever it was built.
    private static string ThisFile([CallerFilePath] string file = "") => file;
}
