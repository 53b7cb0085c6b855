using System.ComponentModel;
using System.Diagnostics;

namespace PlexAuth.Cli.Input;

// The person's own browser, as the desktop knows it.
internal static class Browser
{
    // In the background of a shell, where Ctrl+C here does not end the browser, and what it prints is not seen.
    private const string Script = """command -v "$0" >/dev/null 2>&1 || exit 1; "$0" "$1" </dev/null >/dev/null 2>&1 &""";

    // False where there is none, as on a server without a desktop.
    public static bool TryOpen(string address)
    {
        if (Opener(address) is not { } opener)
            return false;

        try
        {
            using var process = Process.Start(opener);
            if (opener.UseShellExecute)
                return true;

            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static ProcessStartInfo? Opener(string address) =>
        OperatingSystem.IsWindows() ? new ProcessStartInfo(address) { UseShellExecute = true }
        : OperatingSystem.IsMacOS() ? InBackground("open", address)
        : HasDesktop() ? InBackground("xdg-open", address)
        : null;

    private static ProcessStartInfo InBackground(string program, string address) => new("/bin/sh", ["-c", Script, program, address]) { UseShellExecute = false };

    // Without one, xdg-open would start a browser that draws in the terminal.
    private static bool HasDesktop() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));
}
