using PlexAuth.Server.Audit;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Pins;

/// <summary>What became of asking for a PIN.</summary>
internal abstract record PinCreation
{
    private PinCreation()
    {
    }

    public sealed record Created(Pin Pin) : PinCreation;

    public sealed record TooMany(TimeSpan RetryAfter) : PinCreation;

    /// <summary>The device key that came along is another device's.</summary>
    public sealed record KeyRefused : PinCreation;
}

/// <summary>What the creator of a PIN learns when it asks again.</summary>
internal abstract record PinPoll
{
    private PinPoll()
    {
    }

    public sealed record Found(Pin Pin) : PinPoll;

    /// <summary>Unknown, somebody else's, denied or expired: one answer for all.</summary>
    public sealed record Missing : PinPoll;

    public sealed record TooMany(TimeSpan RetryAfter) : PinPoll;

    /// <summary>The token that should prove the PIN's device key does not, or the key is another device's.</summary>
    public sealed record ProofRefused(DeviceKeys.DeviceKeyAnswer Answer) : PinPoll;
}

/// <summary>What becomes of a code that a signed-in person brings.</summary>
internal abstract record PinAnswer
{
    private PinAnswer()
    {
    }

    /// <param name="SameNetwork">Whether the person is where the app or device is.</param>
    public sealed record Found(Pin Pin, bool SameNetwork) : PinAnswer
    {
        /// <summary>The device that the app is signed in as, once it is allowed.</summary>
        public long? DeviceId { get; init; }
    }

    /// <param name="Restricted">Short codes are being guessed, so for now they work only where the app or device is. Says nothing about this code.</param>
    public sealed record Missing(bool Restricted) : PinAnswer;

    /// <summary>The account itself may not sign anything in: 1008 when it has too many devices.</summary>
    public sealed record Refused(PlexErrorCode Code) : PinAnswer;

    public sealed record TooMany(TimeSpan RetryAfter) : PinAnswer;
}

/// <summary>A code, and who brings it from where.</summary>
/// <param name="ClientIdentifier">The app that the code is said to be for, if the link says so.</param>
internal sealed record PinGuess(string? Code, string? ClientIdentifier, int AccountId, Caller Caller)
{
    public ClientNetwork Network => Caller.Network;

    public override string ToString() => $"PinGuess(account {AccountId})";
}
