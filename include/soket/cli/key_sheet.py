"""The sheet with which a folder's key is handed to its holder."""

from __future__ import annotations

from soket.plan.model import Office, Unit
from soket.record.workspace import Workspace
from soket.stack.credentials import KeyPair
from soket.store.connect import StoreSettings
from soket.text import format_moment


def sheet(workspace: Workspace, owner: Unit | Office, store: StoreSettings, pair: KeyPair) -> str:
    """Return the sheet's text: where, with what, how, and whom to ring."""
    plan = workspace.plan
    folder = workspace.keys.inbox_folder(owner.code)
    lead = plan.office(plan.roles.lead)
    desk = ", ".join(filter(None, (lead.contact.name, lead.short_name, lead.contact.phone, lead.contact.email)))
    place = f"{store.bucket}/{folder}"
    return f"""PHIẾU GIAO KHÓA NỘP BÁO CÁO
{plan.short_title}, đợt {workspace.campaign.code}. Cấp lúc {format_moment(workspace.now)}.

Giao cho:        {owner.name}
Địa chỉ kho:     {store.endpoint_url or "Amazon S3"}
Vùng (region):   {store.region}
Kho (bucket):    {store.bucket}
Thư mục:         {folder}
Tên khóa:        {pair.access_key}
Mã bí mật:       {pair.secret}

Cách dùng, với một trong các phần mềm S3 (kiểu địa chỉ: path-style):
- Cyberduck, WinSCP: giao thức Amazon S3, máy chủ và cổng như địa chỉ kho, thư mục mở đầu (Path, Remote directory)
  là /{place}
- rclone: type = s3, provider = SeaweedFS, no_check_bucket = true, rồi
  rclone copy bao-cao.docx TÊN:{place}
- aws: aws --endpoint-url {store.endpoint_url or "ĐỊA_CHỈ_KHO"} s3 cp bao-cao.docx s3://{place}

Khóa chỉ ghi, đọc và liệt kê được thư mục trên. Khóa cũ, nếu có, từ nay không dùng được nữa.
Ai có khóa này thì nộp được thay đơn vị: không gửi qua thư thường, không chụp ảnh; lộ thì báo ngay để cấp khóa khác.
Vướng mắc, lộ khóa, đổi cán bộ: {desk}.
"""
