using System.Diagnostics;

namespace PlexAuth.Cli.Tests;

// A command on a real pseudo-terminal, which `script` of util-linux makes, and what the terminal has shown so far.
internal sealed class PseudoTerminal : IDisposable
{
    private readonly Process _process;
    private int _seen;
    private string _text = "";

    private PseudoTerminal(Process process) => _process = process;

    public static PseudoTerminal Start(ToolHome home, string command, params (string Name, string Value)[] variables)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` to make a pseudo-terminal.");
        var start = new ProcessStartInfo("/usr/bin/script", ["-qec", $"trap : INT; {command}; echo ended with $?", "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        ToolProcess.Prepare(start, home, variables);
        return new PseudoTerminal(Process.Start(start)!);
    }

    // Everything shown between what was last waited for and this.
    public async Task<string> WaitForAsync(string expected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var buffer = new char[1024];
        int found;
        while ((found = _text.IndexOf(expected, _seen, StringComparison.Ordinal)) < 0)
        {
            var read = await _process.StandardOutput.ReadAsync(buffer, limit.Token);
            read.ShouldNotBe(0, $"'{expected}' never came after: {_text}");
            _text += new string(buffer, 0, read);
        }

        var passed = _text[_seen..found];
        _seen = found + expected.Length;
        return passed;
    }

    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys.AsMemory(), TestContext.Current.CancellationToken);
        await _process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
    }

    // Everything the terminal has shown, once the command has ended.
    public async Task<string> EndAsync()
    {
        await WaitForAsync("ended with");
        await WaitForAsync("\n");
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _text;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
