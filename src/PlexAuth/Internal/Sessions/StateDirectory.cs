using System.Text;

namespace PlexAuth.Internal.Sessions;

/// <summary>Where an app may keep things about one user on this machine.</summary>
internal static class StateDirectory
{
    /// <exception cref="InvalidOperationException">There is no such place.</exception>
    public static string Of(string product)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(product);
        return Path.Combine(Root(), NameOf(product));
    }

    private static string Root()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);

        // The XDG specification has relative paths ignored.
        if (Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { } state && Path.IsPathRooted(state))
            return state;

        return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home
            ? Path.Combine(home, ".local", "state")
            : throw new InvalidOperationException(
                "Neither HOME nor XDG_STATE_HOME is set, so there is no place to keep anything for this user. Name a directory that outlives the process, such as a mounted volume.");
    }

    /// <summary>The product in lower case, with a dash for whatever a file name should not have.</summary>
    private static string NameOf(string product)
    {
        var name = new StringBuilder(product.Length);
        foreach (var c in product.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        var text = name.ToString().TrimEnd('-');
        return text.Length > 0 ? text : throw new ArgumentException("A product's name needs a letter or digit to name a directory by.", nameof(product));
    }
}
