using System.ComponentModel;
using System.Diagnostics;

namespace PlexAuth.Internal.Sessions;

/// <summary>The program <c>secret-tool</c> of libsecret. Secrets pass through its standard input and output, never its arguments.</summary>
internal sealed class SecretTool(string program)
{
    private const string Name = "secret-tool";

    /// <returns>Null where it is not installed.</returns>
    public static SecretTool? Find() => OperatingSystem.IsWindows() ? null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, Name)).Where(File.Exists).Select(path => new SecretTool(path)).FirstOrDefault();

    /// <returns>Exit code, standard output and, after it, standard error.</returns>
    /// <exception cref="IOException">It could not be run.</exception>
    public async Task<(int Code, string Output, string Error)> RunAsync(string input, CancellationToken cancellationToken, params string[] arguments)
    {
        using var process = Start(arguments);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new IOException($"{program} could not be run: {exception.Message}", exception);
        }
    }
}
