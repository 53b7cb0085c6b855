namespace PlexAuth.Server.Accounts;

/// <summary>A password as it was typed, which apps without a field for the verification code let end in that code.</summary>
internal sealed class TypedPassword
{
    private TypedPassword(string whole, string? appendedCode) => (Whole, AppendedCode) = (whole, appendedCode);

    public string Whole { get; }

    /// <summary>The last six digits, when a code was not sent on its own.</summary>
    public string? AppendedCode { get; }

    public string? WithoutCode => AppendedCode is null ? null : Whole[..^Totp.Digits];

    public static TypedPassword From(string? password, string? verificationCode)
    {
        password ??= "";
        var mayEndInCode = string.IsNullOrEmpty(verificationCode) && password.Length >= Totp.Digits && Totp.LooksLikeCode(password.AsSpan(password.Length - Totp.Digits));
        return new(password, mayEndInCode ? password[^Totp.Digits..] : null);
    }

    public override string ToString() => "TypedPassword(***)";
}
