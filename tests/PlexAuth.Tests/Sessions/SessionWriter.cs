using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PlexAuth.Tests;

/// <summary>A second process that does nothing but write sessions: this very test program, told so by its environment before anything else runs.</summary>
internal static class SessionWriter
{
    private const string Variable = "PLEXAUTH_TESTS_WRITE_SESSIONS";

    public static PlexToken TokenOf(string account) => new($"token-{account}-{new string('x', int.Parse(account, provider: null) % 3000)}");

    /// <returns>How many writes it reported.</returns>
    public static async Task<int> WriteUntilKilledAsync(string directory, int leastWrites)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(SessionWriter).Assembly.Location);
        start.Environment[Variable] = directory;
        using var process = Process.Start(start)!;
        var writes = 0;
        while (writes < leastWrites && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not null)
            writes++;
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        writes.ShouldBe(leastWrites);
        return writes;
    }

#pragma warning disable CA2255 // Runs in place of the tests, which is the point.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void WriteIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } directory)
            return;

        var store = PlexSessionStore.InDirectory(directory);
        for (var number = 0; ; number++)
        {
            var session = new PlexSession(new Uri("https://plex.tv/api/v2"), "writer") { Account = $"{number}", Token = TokenOf($"{number}") };
            store.SaveAsync(session).AsTask().GetAwaiter().GetResult();
            Console.Out.WriteLine(number);
        }
    }
}
