using PlexAuth.Server.Http.Wire;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer;

/// <summary>What this server can do, in the words of a media server. It keeps no media, so most answers are no.</summary>
internal static class CapabilitiesWire
{
    public static string Platform { get; } = OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "MacOSX" : "Linux";

    private static readonly string[] Missing =
    [
        "allowCameraUpload", "allowChannelAccess", "allowMediaDeletion", "allowSync", "allowTuners", "backgroundProcessing", "certificate", "companionProxy",
        "eventStream", "hubSearch", "itemClusters", "mediaProviders", "photoAutoTag", "pluginHost", "pushNotifications", "readOnlyLibraries",
        "requestParametersInCookie", "sync", "transcoderAudio", "transcoderLyrics", "transcoderPhoto", "transcoderSubtitles", "transcoderVideo",
        "transcoderVideoRemuxOnly", "updater", "voiceSearch",
    ];

    /// <param name="container">Takes the fields.</param>
    /// <param name="machineIdentifier">The server's identity.</param>
    /// <param name="friendlyName">Its name.</param>
    /// <param name="claimed">Somebody owns it.</param>
    /// <param name="caller">Null on a server that nobody owns. The owner's e-mail address is shown to the owner alone.</param>
    public static void Write(WireWriter container, string machineIdentifier, string friendlyName, bool claimed, TokenGrant? caller)
    {
        container.Number("size", 0);
        container.Text("friendlyName", friendlyName);
        container.Text("machineIdentifier", machineIdentifier);
        container.Text("version", MediaServerWire.Version);
        WriteOwnership(container, claimed, caller?.Access == ServerAccess.Owner ? caller.Account : null);
        WritePlatform(container);
        foreach (var capability in Missing)
            container.Flag(capability, false);
        foreach (var number in (ReadOnlySpan<string>)["livetv", "musicAnalysis", "offlineTranscode", "streamingBrainABRVersion", "streamingBrainVersion", "transcoderActiveVideoSessions"])
            container.Number(number, 0);
        foreach (var list in (ReadOnlySpan<string>)["diagnostics", "transcoderVideoBitrates", "transcoderVideoQualities", "transcoderVideoResolutions"])
            container.Text(list, "");
        container.Items<object>("Directory", [], (_, _) => { });
    }

    private static void WriteOwnership(WireWriter container, bool claimed, Accounts.Account? owner)
    {
        container.Flag("allowSharing", true);
        container.Flag("multiuser", true);
        container.Flag("myPlex", true);
        container.Text("myPlexMappingState", claimed ? "mapped" : "unmapped");
        container.Text("myPlexSigninState", claimed ? "ok" : "none");
        container.Flag("myPlexSubscription", owner?.SubscriptionActive ?? false);
        container.Text("myPlexUsername", owner?.Email ?? "");
        container.Text("ownerFeatures", "");
        container.Text("countryCode", owner?.Country ?? "");
    }

    private static void WritePlatform(WireWriter container)
    {
        container.Text("platform", Platform);
        container.Text("platformVersion", Environment.OSVersion.Version.ToString());
        container.Number("updatedAt", 0);
    }
}
