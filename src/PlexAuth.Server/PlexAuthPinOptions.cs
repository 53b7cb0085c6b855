namespace PlexAuth.Server;

/// <summary>Rules for signing apps in by PIN.</summary>
public sealed class PlexAuthPinOptions
{
    /// <summary>How long a short code lives, the one that people type.</summary>
    public TimeSpan ShortLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a strong code lives, the one that links and QR codes carry.</summary>
    public TimeSpan StrongLifetime { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Characters of a short code, 4 to 8. Some television apps show no more than 4.</summary>
    public int ShortLength { get; set; } = 4;

    /// <summary>Lets a PIN be linked only from the network that it was asked for on, instead of warning.</summary>
    public bool RequireSameNetwork { get; set; }

    /// <summary>Origins such as <c>https://app.example</c> that a person is sent back to without being asked, beside the one whose page made the PIN.</summary>
    public IList<string> TrustedForwardOrigins { get; } = [];

    /// <summary>PINs with a short code that wait for one client identifier at one address.</summary>
    public int LivePerClient { get; set; } = 10;

    /// <summary>PINs with a short code that wait for one address.</summary>
    public int LivePerAddress { get; set; } = 50;

    /// <summary>PINs with a short code that one address may ask for in ten minutes.</summary>
    public int CreatedPerAddress { get; set; } = 30;

    /// <summary>PINs with a strong code that wait for one client identifier at one address. A web application asks for all its users from one address.</summary>
    public int StrongLivePerClient { get; set; } = 1000;

    /// <summary>PINs with a strong code that one address may ask for in ten minutes.</summary>
    public int StrongCreatedPerAddress { get; set; } = 600;

    /// <summary>PINs of both kinds that everybody together may ask for in a minute.</summary>
    public int CreatedInAll { get; set; } = 200;
}
