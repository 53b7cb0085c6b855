using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PlexAuth.Cli.Tests;

internal static class Signals
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    public static void Send(Process process, int signal) => Kill(process.Id, signal).ShouldBe(0);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
