/** The name of a key in AWS KMS. An alias can be pointed at another key, so only the key's own name counts. */
export const KMS_KEY_ARN =
  /^arn:aws[a-z-]{0,20}:kms:([a-z]{2}[a-z0-9-]{3,30}):\d{12}:key\/[A-Za-z0-9-]{1,64}$/

export const regionOf = (arn: string) => KMS_KEY_ARN.exec(arn)?.[1]
