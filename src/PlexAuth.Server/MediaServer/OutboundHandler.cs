using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PlexAuth.Server.MediaServer;

/// <summary>How this server calls others: certificates are checked, no redirect is followed and no proxy is taken from the environment, as either would carry a token elsewhere.</summary>
internal static class OutboundHandler
{
    /// <param name="trustedRoots">Roots that a certificate may lead to besides the machine's.</param>
    public static SocketsHttpHandler Create(IEnumerable<X509Certificate2> trustedRoots)
    {
        X509Certificate2[] roots = [.. trustedRoots];
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        };
        if (roots.Length > 0)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                errors == SslPolicyErrors.None || (errors == SslPolicyErrors.RemoteCertificateChainErrors && LeadsTo(roots, (X509Certificate2)certificate!));
        }

        return handler;
    }

    private static bool LeadsTo(X509Certificate2[] roots, X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        return chain.Build(certificate);
    }
}
