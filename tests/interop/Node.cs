using System.Diagnostics;

namespace PlexAuth.Interop.Tests;

/// <summary>Runs a scenario of a script in <c>clients/</c> under node, against a server.</summary>
internal static class Node
{
    private static readonly string Folder = FindFolder();

    public static async Task RunAsync(string script, string scenario, Uri server, params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled(), "Needs Node.js 20 or newer on the PATH.");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "Run `npm ci` in tests/interop first.");

        var start = new ProcessStartInfo("node", [Path.Combine("clients", script), server.GetLeftPart(UriPartial.Authority), scenario, .. arguments])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = ReadAsync(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await output);
    }

    private static async Task<string> ReadAsync(Process process)
    {
        var texts = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return string.Concat(texts);
    }

    private static bool IsInstalled() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "node")) || File.Exists(Path.Combine(folder, "node.exe")));

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PlexAuth.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Run these tests from within the repository: the scripts are in tests/interop.");
        return Path.Combine(folder.FullName, "tests", "interop");
    }
}
