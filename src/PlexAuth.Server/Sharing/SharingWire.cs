using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Sharing;

/// <summary>Friends and shares as request apps read them. Flags are 0 and 1 in JSON too, except in /api/v2/friends.</summary>
internal static class SharingWire
{
    public static byte[] RenderUsers(PlexFormat format, Circle circle, Uri publicUrl) => WireDocument.RenderContainer(format, container =>
    {
        container.Text("friendlyName", "myPlex");
        container.Text("identifier", "com.plexapp.plugins.myplex");
        container.Text("machineIdentifier", circle.Shares.FirstOrDefault(share => share.OwnerId == circle.AccountId)?.MachineIdentifier ?? "");
        container.Number("totalSize", circle.Friends.Count);
        container.Number("size", circle.Friends.Count);
        container.Items("User", circle.Friends, (user, friend) => WriteUser(user, friend, circle, format, publicUrl));
    });

    public static byte[] RenderFriends(PlexFormat format, Circle circle, Uri publicUrl) => WireDocument.RenderList(format, "friends", "friend", circle.Friends, (wire, friend) =>
    {
        wire.Number("id", friend.Id);
        wire.Text("uuid", friend.Uuid);
        wire.Text("username", friend.Username);
        wire.Text("title", friend.Title);
        wire.Text("email", friend.Email);
        wire.Text("friendlyName", friend.FriendlyName);
        wire.Text("thumb", friend.Thumb(publicUrl));
        wire.Flag("home", friend.Home);
        wire.Flag("restricted", friend.Restricted);
        wire.Text("status", "accepted");
        wire.Items("sharedServers", "server", circle.SharedWith(friend), WriteServer);
        wire.Items("sharedSources", "server", circle.SharedBy(friend), WriteServer);
    });

    public static byte[] RenderShared(PlexFormat format, string machineIdentifier, IReadOnlyList<SharedWith> shared) => WireDocument.RenderContainer(format, container =>
    {
        container.Text("friendlyName", "myPlex");
        container.Text("identifier", "com.plexapp.plugins.myplex");
        container.Text("machineIdentifier", machineIdentifier);
        container.Number("size", shared.Count);
        container.Items("SharedServer", shared, WriteShared);
    });

    private static void WriteUser(WireWriter wire, Friend friend, Circle circle, PlexFormat format, Uri publicUrl)
    {
        wire.Number("id", friend.Id);
        wire.Text("title", friend.Title);
        // A member of the Home without a sign-in has neither, and XML says so by leaving them out.
        if (format == PlexFormat.Json || friend.Username.Length > 0)
        {
            wire.Text("username", friend.Username);
            wire.Text("email", friend.Email);
        }

        wire.Text("recommendationsPlaylistId", "");
        wire.Text("thumb", friend.Thumb(publicUrl));
        Bit(wire, "protected", friend.Protected);
        Bit(wire, "home", friend.Home);
        foreach (var permission in (ReadOnlySpan<string>)["allowTuners", "allowSync", "allowCameraUpload", "allowChannels", "allowSubtitleAdmin"])
            Bit(wire, permission, false);
        foreach (var filter in (ReadOnlySpan<string>)["filterAll", "filterMovies", "filterMusic", "filterPhotos", "filterTelevision"])
            wire.Text(filter, "");
        Bit(wire, "restricted", friend.Restricted);
        wire.Items("Server", circle.SharedWith(friend), WriteServer);
    }

    private static void WriteServer(WireWriter wire, Share share)
    {
        wire.Number("id", share.AccountId);
        wire.Number("serverId", share.SourceId);
        wire.Text("machineIdentifier", share.MachineIdentifier);
        wire.Text("name", share.Name);
        wire.Epoch("lastSeenAt", share.LastSeen);
        wire.Number("numLibraries", 0);
        Bit(wire, "allLibraries", true);
        Bit(wire, "owned", true);
        Bit(wire, "pending", false);
    }

    private static void WriteShared(WireWriter wire, SharedWith shared)
    {
        wire.Number("id", shared.Share.AccountId);
        wire.Text("username", shared.Friend.Username);
        wire.Text("email", shared.Friend.Email);
        wire.Number("userID", shared.Friend.Id);
        if (shared.AccessToken is { } token)
            wire.Text("accessToken", token.Reveal());
        wire.Text("name", shared.Share.Name);
        wire.Epoch("acceptedAt", shared.Share.Since);
        wire.Epoch("invitedAt", shared.Share.Since);
        foreach (var permission in (ReadOnlySpan<string>)["allowSync", "allowCameraUpload", "allowChannels", "allowTuners"])
            Bit(wire, permission, false);
        Bit(wire, "owned", true);
        Bit(wire, "allLibraries", true);
    }

    private static void Bit(WireWriter wire, string name, bool value) => wire.Number(name, value ? 1 : 0);
}
