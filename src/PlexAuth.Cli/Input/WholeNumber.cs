using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PlexAuth.Cli.Input;

// Numbers of a command line, refused in words of people's: the library's own name types of .NET.
internal static class WholeNumber
{
    public static Func<ArgumentResult, T?> From<T>(T least)
        where T : struct, INumber<T>, IMinMaxValue<T> => From(least, T.MaxValue);

    public static Func<ArgumentResult, T?> From<T>(T least, T most)
        where T : struct, INumber<T>, IMinMaxValue<T> => result =>
        {
            if (result.Tokens is [{ Value: var text }] && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            var name = result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
            result.AddError($"{name}: give a whole number from {least} {(most == T.MaxValue ? "up" : $"to {most}")}.");
            return null;
        };
}
