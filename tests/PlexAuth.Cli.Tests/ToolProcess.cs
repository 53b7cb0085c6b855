using System.Diagnostics;

namespace PlexAuth.Cli.Tests;

// The tool as users run it: its own process, with a home of its own and none of this process's PLEX_ variables.
internal static class ToolProcess
{
    public static readonly string Executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "PlexAuth.Cli.exe" : "PlexAuth.Cli");

    public static Task<ToolResult> RunAsync(ToolHome home, string[] arguments, string? input = null, params (string Name, string Value)[] variables) =>
        RunAsync(Start(home, arguments, variables), input);

    // Without root's leave to write what its mode forbids.
    public static Task<ToolResult> RunByModesAsync(ToolHome home, string[] arguments, string? input = null, params (string Name, string Value)[] variables) => RunAsync(
        Start(home, arguments, variables, start =>
        {
            if (Environment.IsPrivilegedProcess)
                Prefix(start, "/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search");
        }),
        input);

    private static async Task<ToolResult> RunAsync(Process started, string? input)
    {
        using var process = started;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        var cancellationToken = limit.Token;
        if (input is not null)
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new ToolResult(process.ExitCode, await output, await error);
    }

    public static Process Start(ToolHome home, string[] arguments, params (string Name, string Value)[] variables) => Start(home, arguments, variables, _ => { });

    private static EndedProcess Start(ToolHome home, string[] arguments, (string Name, string Value)[] variables, Action<ProcessStartInfo> adjust)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Prepare(start, home, variables);
        adjust(start);
        var process = new EndedProcess { StartInfo = start };
        process.Start();
        return process;
    }

    public static void Prepare(ProcessStartInfo start, ToolHome home, params (string Name, string Value)[] variables)
    {
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PLEX", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["PLEXAUTH_HOME"] = home.Path;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        if (OperatingSystem.IsLinux())
            // Tests that run in the background of a script ignore SIGINT, and so would all that they start.
            Prefix(start, "/usr/bin/env", "--default-signal=INT");
    }

    private static void Prefix(ProcessStartInfo start, string program, string option)
    {
        start.ArgumentList.Insert(0, start.FileName);
        start.ArgumentList.Insert(0, option);
        start.FileName = program;
    }

    // Ends with the test, however that ends.
    private sealed class EndedProcess : Process
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing && !HasExited)
                Kill();
            base.Dispose(disposing);
        }
    }
}

internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public ToolResult ShouldEndWith(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, $"stdout: {Output}\nstderr: {Error}");
        return this;
    }
}
