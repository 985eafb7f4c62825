"""Verifies a token with Debian's python3-jwt against a JWKS URL: URL TOKEN AUDIENCE ISSUER; prints the subject."""
import sys

import jwt

url, token, audience, issuer = sys.argv[1:5]
key = jwt.PyJWKClient(url).get_signing_key_from_jwt(token)
algorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"]
print(jwt.decode(token, key.key, algorithms=algorithms, audience=audience, issuer=issuer)["sub"])
