namespace PlexAuth.Cli.Input;

// Environment variables, each with a `…_FILE` twin that names a file holding the value, as container secrets are mounted.
internal sealed class Variables(Func<string, string?> variable)
{
    private const int LargestFile = 64 * 1024;

    // The value, or null when neither the variable nor its twin is set to anything.
    public string? Read(string name)
    {
        var value = NullIfEmpty(variable(name));
        if (NullIfEmpty(variable(name + "_FILE")) is not { } path)
            return value;

        if (value is not null)
            throw ToolException.Usage($"Both {name} and {name}_FILE are set. Unset one of them.");

        return NullIfEmpty(ReadFile(name, path));
    }

    private static string ReadFile(string name, string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw ToolException.Usage($"{name}_FILE names {path}, which is larger than 64 KiB: that is no {name}.");

            var text = File.ReadAllText(path);
            return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"{name}_FILE names {path}, which cannot be read: {exception.Message}");
        }
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
