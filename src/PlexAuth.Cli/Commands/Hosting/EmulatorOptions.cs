using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using PlexAuth.Cli.Input;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Hosting;

// The options of serve that only a dev server has.
internal sealed class EmulatorOptions
{
    public Option<int?> Port { get; } = new("--port")
    {
        Description = "Listen on this port of 127.0.0.1; 0 takes a free one",
        HelpName = "port",
        CustomParser = WholeNumber.From(IPEndPoint.MinPort, IPEndPoint.MaxPort),
    };

    public Option<string> Seed { get; } = new("--seed") { Description = "Add the accounts, Homes and servers of a JSON file", HelpName = "file" };

    public Option<string> ReadyFile { get; } = new("--ready-file") { Description = "Write what --json prints to this file, whole, once the server answers", HelpName = "file" };

    public Option<bool> Https { get; } = new("--https") { Description = "Serve https, under a certificate made for this run; the answer holds it as PEM", Arity = ArgumentArity.Zero };

    public Option<bool> Deterministic { get; } = new("--deterministic") { Description = "Make the same tokens, codes, ids and keys in every run", Arity = ArgumentArity.Zero };

    public Option<DateTimeOffset?> Clock { get; } = new("--clock")
    {
        Description = "Let it be this time, such as 2030-01-01T00:00:00Z, until the clock is moved over /_emulator/clock",
        HelpName = "time",
        CustomParser = ReadTime,
    };

    public IReadOnlyList<Option> All => [Port, Seed, ReadyFile, Https, Deterministic, Clock];

    public void Configure(PlexEmulatorOptions emulator, Invocation invocation, PlexSeed? seed)
    {
        emulator.Seed = seed;
        emulator.Deterministic = invocation.Value(Deterministic);
        emulator.ClockStandsAt = invocation.Value(Clock);
    }

    public string? Given(CommandResult result) => All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    private static DateTimeOffset? ReadTime(ArgumentResult result)
    {
        var text = result.Tokens is [{ Value: var value }] ? value : "";
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        result.AddError($"--clock: \"{text}\" is not a time. Write it as 2030-01-01T00:00:00Z.");
        return null;
    }
}
