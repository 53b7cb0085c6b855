using System.CommandLine;
using System.CommandLine.Parsing;

namespace PlexAuth.Cli.Commands;

// The options of serve that only a dev server has.
internal sealed class EmulatorOptions
{
    public Option<int?> Port { get; } = new("--port") { Description = "Listen on this port of 127.0.0.1; 0 takes a free one", HelpName = "port" };

    public Option<string> Seed { get; } = new("--seed") { Description = "Add the accounts, Homes and servers of a JSON file", HelpName = "file" };

    public Option<string> ReadyFile { get; } = new("--ready-file") { Description = "Write what --json prints to this file, whole, once the server answers", HelpName = "file" };

    public Option<bool> Https { get; } = new("--https") { Description = "Serve https, under a certificate made for this run; the answer holds it as PEM", Arity = ArgumentArity.Zero };

    public Option<bool> Deterministic { get; } = new("--deterministic") { Description = "Make the same tokens, PIN ids and codes in every run", Arity = ArgumentArity.Zero };

    public IReadOnlyList<Option> All => [Port, Seed, ReadyFile, Https, Deterministic];

    public string? Given(CommandResult result) => All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;
}
