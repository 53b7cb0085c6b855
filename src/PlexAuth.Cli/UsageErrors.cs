using System.CommandLine;
using System.CommandLine.Parsing;

namespace PlexAuth.Cli;

// Says what is wrong with a command line. A stray word may be a secret meant as an option's value, so words are not repeated.
internal static class UsageErrors
{
    public static int Report(ParseResult parsed, Output output)
    {
        foreach (var error in Describe(parsed))
            output.Fail(error);
        output.Say($"See: {NameOf(parsed.CommandResult)} --help");
        return ExitCodes.Usage;
    }

    private static IEnumerable<string> Describe(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count == 0 ? parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal) : [DescribeStray(parsed)];

    private static string DescribeStray(ParseResult parsed)
    {
        var (name, stray) = (NameOf(parsed.CommandResult), parsed.UnmatchedTokens[0]);
        if (parsed.Tokens.Any(token => token.Value == "--password") || stray.StartsWith("--password=", StringComparison.Ordinal))
            return "--password takes no value: arguments can be read by others and end up in shell histories. "
                + "Type it when asked, pipe it in with --password-stdin, or set PLEX_PASSWORD.";

        if (stray.StartsWith('-'))
            return $"'{name}' has no option {stray.Split('=')[0]}.";

        return parsed.CommandResult.Command.Subcommands.Count > 0
            ? $"'{name}' has no command '{stray}'."
            : $"'{name}' was given a word too many. Options start with --.";
    }

    private static string NameOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{NameOf(parent)} {result.Command.Name}" : result.Command.Name;
}
