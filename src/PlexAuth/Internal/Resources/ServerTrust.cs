using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PlexAuth.Internal.Resources;

/// <summary>Checks a media server's certificate: its chain, to the machine's roots or the policy's, its name, and its key where keys are pinned.</summary>
internal sealed class ServerTrust(PlexConnectPolicy policy)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <exception cref="CertificateException">It does not hold; an exception in place of false, because it tells why.</exception>
    public bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var failure = FailureOf(certificate as X509Certificate2, chain, errors);
        return failure is null ? errors == SslPolicyErrors.None || policy.TrustedRoots.Count > 0 : throw failure;
    }

    private CertificateException? FailureOf(X509Certificate2? leaf, X509Chain? chain, SslPolicyErrors errors)
    {
        if (leaf is null)
            return new(PlexConnectOutcome.TlsFailed, "the server showed no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !LeadsToOwnRoot(leaf, chain))
            return new(PlexConnectOutcome.TlsFailed, "the certificate is not trusted. If it is the server's own, name it in PlexConnectPolicy.TrustedRoots");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return new(PlexConnectOutcome.NameMismatch, "the certificate is for other names. Use the name it is for, not the IP address");

        return policy.PinnedKeys.Count == 0 || policy.PinnedKeys.Contains(KeyOf(leaf), StringComparer.Ordinal)
            ? null
            : new(PlexConnectOutcome.TlsFailed, "the certificate's key is none of PlexConnectPolicy.PinnedKeys");
    }

    private bool LeadsToOwnRoot(X509Certificate2 leaf, X509Chain? shown)
    {
        if (policy.TrustedRoots.Count == 0)
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(policy.TrustedRoots.ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in shown?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);

        return chain.Build(leaf);
    }

    private static string KeyOf(X509Certificate2 leaf) => Convert.ToBase64String(SHA256.HashData(leaf.PublicKey.ExportSubjectPublicKeyInfo()));
}

/// <summary>Why a certificate was refused.</summary>
internal sealed class CertificateException(PlexConnectOutcome outcome, string message) : AuthenticationException(message)
{
    public PlexConnectOutcome Outcome => outcome;
}
