namespace PlexAuth.Server;

/// <summary>An operation as scripts and tests name it.</summary>
internal sealed record EmulatorOperationPattern(string Method, string Path)
{
    /// <exception cref="ArgumentException">Not of that form.</exception>
    public static EmulatorOperationPattern Parse(string? operation) =>
        operation?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var method, ['/', ..] path] && !path.Contains('?', StringComparison.Ordinal)
            ? new(method, path)
            : throw new ArgumentException(
                $"\"{operation}\" is not an operation. Write the method and the path without a query, such as \"GET /api/v2/user\", \"* /api/v2/*\" for many.", nameof(operation));

    public bool Matches(string method, string path) =>
        (Method == "*" || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (Path.EndsWith('*') ? path.StartsWith(Path[..^1], StringComparison.OrdinalIgnoreCase) : Path.Equals(path, StringComparison.OrdinalIgnoreCase));
}
