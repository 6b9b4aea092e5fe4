"""Notifications

Revision ID: 20241009_0003
Revises: 20241003_0002
Create Date: 2024-10-09 14:15:00
"""

from alembic import op
import sqlalchemy as sa

revision = "20241009_0003"
down_revision = "20241003_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("level", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False, server_default=sa.func.now()),
    )


def downgrade() -> None:
    op.drop_table("notifications")
