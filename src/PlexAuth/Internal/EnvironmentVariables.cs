namespace PlexAuth.Internal;

/// <summary>Environment variables, each with a twin <c>NAME_FILE</c> that names a file holding the value, as container secrets are mounted.</summary>
internal static class EnvironmentVariables
{
    private const int LargestFile = 64 * 1024;

    /// <returns>Null where neither is set to anything.</returns>
    /// <exception cref="InvalidOperationException">Both are set, or the file cannot be read.</exception>
    public static async ValueTask<string?> ReadAsync(string name, CancellationToken cancellationToken) => Find(name, out var file)
        ?? (file is null ? null : Trimmed(await ReadFileAsync(name, file, cancellationToken).ConfigureAwait(false)));

    /// <inheritdoc cref="ReadAsync"/>
    public static string? Read(string name)
    {
        var value = Find(name, out var file);
        if (file is null)
            return value;

        try
        {
            Check(name, file);
            return Trimmed(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, file, exception);
        }
    }

    private static string? Find(string name, out string? file)
    {
        var value = NullIfEmpty(Environment.GetEnvironmentVariable(name));
        file = NullIfEmpty(Environment.GetEnvironmentVariable(name + "_FILE"));
        return value is null || file is null ? value : throw new InvalidOperationException($"Both {name} and {name}_FILE are set. Unset one of them.");
    }

    private static async Task<string> ReadFileAsync(string name, string file, CancellationToken cancellationToken)
    {
        try
        {
            Check(name, file);
            return await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(name, file, exception);
        }
    }

    private static void Check(string name, string file)
    {
        if (new FileInfo(file).Length > LargestFile)
            throw new InvalidOperationException($"{name}_FILE names {file}, which is larger than 64 KiB: that is no {name}.");
    }

    private static InvalidOperationException Unreadable(string name, string file, Exception exception) =>
        new($"{name}_FILE names {file}, which cannot be read: {exception.Message}", exception);

    private static string? Trimmed(string text) => NullIfEmpty(text.TrimEnd('\r', '\n'));

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
