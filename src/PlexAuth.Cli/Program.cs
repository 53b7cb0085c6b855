using System.Runtime.InteropServices;
using PlexAuth.Cli;
using PlexAuth.Cli.Input;

using var ending = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

return await Application.RunAsync(args, Terminal.FromConsole(), ending.Token);

// The first signal ends the command in its own way, a second one the process at once.
void End(PosixSignalContext context)
{
    context.Cancel = !ending.IsCancellationRequested;
    ending.Cancel();
}
