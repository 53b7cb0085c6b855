using PlexAuth.Server.Accounts;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Home;

/// <summary>A Home as /api/v2/home and the older /api/home/users write it.</summary>
internal static class HomeWire
{
    public static byte[] Render(PlexFormat format, HomeMembers home) => WireDocument.Render(format, "home", wire => WriteHead(wire, home));

    public static byte[] RenderUsers(PlexFormat format, HomeMembers home, Uri publicUrl) => WireDocument.Render(format, "home", wire =>
    {
        WriteHead(wire, home);
        wire.Items("users", "user", home.Members, (user, member) => WriteUser(user, member, publicUrl));
    });

    /// <summary>Kodi ignores the list unless it has a size, and reads flags as text.</summary>
    public static byte[] RenderLegacyUsers(PlexFormat format, HomeMembers home, string machineIdentifier, Uri publicUrl) => WireDocument.RenderContainer(format, container =>
    {
        container.Text("friendlyName", "myPlex");
        container.Text("identifier", "com.plexapp.plugins.myplex");
        container.Text("machineIdentifier", machineIdentifier);
        container.Number("totalSize", home.Members.Count);
        container.Number("size", home.Members.Count);
        container.Number("guestUserID", 0);
        container.Items("User", home.Members, (user, member) => WriteLegacyUser(user, member, publicUrl));
    });

    public static byte[] RenderLegacyUser(PlexFormat format, Account member, Uri publicUrl) =>
        WireDocument.Render(format, "User", user => WriteLegacyUser(user, member, publicUrl));

    private static void WriteHead(WireWriter wire, HomeMembers home)
    {
        wire.Number("id", home.Id);
        wire.Text("name", home.Name);
        wire.Number("guestUserID", null);
        wire.Text("guestUserUUID", null);
        wire.Flag("guestEnabled", false);
        wire.Flag("subscription", home.Subscribed);
    }

    private static void WriteUser(WireWriter wire, Account member, Uri publicUrl)
    {
        wire.Number("id", member.Id);
        wire.Text("uuid", member.Uuid);
        wire.Text("title", member.Title);
        wire.Text("username", NullIfEmpty(member.Username));
        wire.Text("email", NullIfEmpty(member.Email));
        wire.Text("friendlyName", NullIfEmpty(member.FriendlyName));
        wire.Text("thumb", member.ThumbAt(publicUrl));
        wire.Flag("hasPassword", member.HasPassword);
        wire.Flag("restricted", member.Restricted);
        wire.Epoch("updatedAt", member.UpdatedAt);
        wire.Text("restrictionProfile", member.RestrictionProfile);
        wire.Flag("admin", member.HomeAdmin);
        wire.Flag("guest", member.Guest);
        wire.Flag("protected", member.Protected);
    }

    private static void WriteLegacyUser(WireWriter wire, Account member, Uri publicUrl)
    {
        wire.Number("id", member.Id);
        wire.Text("uuid", member.Uuid);
        wire.Flag("admin", member.HomeAdmin);
        wire.Flag("guest", member.Guest);
        wire.Flag("restricted", member.Restricted);
        if (member.RestrictionProfile is { } profile)
            wire.Text("restrictionProfile", profile);
        wire.Flag("hasPassword", member.HasPassword);
        wire.Flag("protected", member.Protected);
        wire.Text("title", member.Title);
        wire.Text("username", member.Username);
        wire.Text("email", member.Email);
        wire.Text("thumb", member.ThumbAt(publicUrl));
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
