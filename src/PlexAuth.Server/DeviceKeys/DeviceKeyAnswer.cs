namespace PlexAuth.Server.DeviceKeys;

/// <summary>What became of a key or of a token signed by one.</summary>
internal abstract record DeviceKeyAnswer
{
    private DeviceKeyAnswer()
    {
    }

    public sealed record Registered : DeviceKeyAnswer;

    public sealed record Nonce(string Value) : DeviceKeyAnswer
    {
        public override string ToString() => nameof(Nonce);
    }

    public sealed record Issued(PlexToken Token) : DeviceKeyAnswer;

    /// <summary>Rightly signed, but too old: the only refusal that says why.</summary>
    public sealed record Expired : DeviceKeyAnswer;

    public sealed record Refused : DeviceKeyAnswer;

    public sealed record TooMany(TimeSpan RetryAfter) : DeviceKeyAnswer;
}
