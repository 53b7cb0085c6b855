namespace PlexAuth.Internal.Http;

/// <summary>How an attempt failed, as far as a repetition goes.</summary>
internal enum FailureKind
{
    /// <summary>Would fail again.</summary>
    Final,

    /// <summary>A status that may pass.</summary>
    Status,

    /// <summary>The request certainly did not reach the server.</summary>
    NotSent,

    /// <summary>It may have.</summary>
    Broken,
}

/// <summary>A failed attempt, kept as a value until the last one is thrown.</summary>
internal readonly record struct Failure(PlexException Exception, FailureKind Kind, TimeSpan? RetryAfter = null)
{
    /// <summary>An operation that must not happen twice is repeated only if it did not happen at all.</summary>
    public Failure For(Operation operation) =>
        operation.Repeatable || Kind == FailureKind.NotSent ? this : this with { Kind = FailureKind.Final };
}
